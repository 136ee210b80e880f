"use client";

import { useMantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  useTransition,
} from "react";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { localeCookie } from "../_i18n/locale.ts";
import { useTRPCClient } from "../trpc/client.tsx";
import { writeDeviceCookie } from "./device-cookie.ts";
import { readProblem } from "./read-problem.ts";

export type Preferences = RouterOutputs["me"]["get"]["preferences"];

interface PreferencesState {
  /** What the person has chosen; null where the device's own way holds. */
  preferences: Preferences;
  /** The screens are being drawn anew in another language. */
  changingLanguage: boolean;
  /** Takes hold here at once; for whoever is signed in it is kept at the server, for all of his devices. */
  prefer(change: Partial<Preferences>): void;
}

const unsaid: Preferences = { language: null, theme: null, singleKeys: null };
const PreferencesContext = createContext<PreferencesState | null>(null);
/** Other tabs of this browser follow. */
const channelName = "ostap.preferences";

/** `stored` as the server had it when the page was drawn, so that nothing flickers; null for whoever is not signed in. */
export function PreferencesProvider({ stored, children }: { stored: Preferences | null; children: ReactNode }) {
  const t = useTranslations("preferences");
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { setColorScheme } = useMantineColorScheme();
  const [preferences, setPreferences] = useState(stored ?? unsaid);
  const [changingLanguage, startLanguage] = useTransition();

  // Somebody has signed in, or this page was drawn anew with what was chosen on another device.
  const drawn = JSON.stringify(stored);
  const [seen, setSeen] = useState(drawn);
  if (seen !== drawn) {
    setSeen(drawn);
    setPreferences(stored ?? unsaid);
  }
  const follow = useEffectEvent((theme: Preferences["theme"]) => {
    if (theme !== null) setColorScheme(theme);
  });
  useEffect(() => follow(preferences.theme), [preferences.theme]);

  const redraw = useCallback(() => {
    startLanguage(() => router.refresh());
    // Reasons and refusals are worded by the server.
    void queryClient.invalidateQueries();
  }, [router, queryClient]);

  const onElsewhere = useEffectEvent((change: Partial<Preferences>) => {
    setPreferences((known) => ({ ...known, ...change }));
    if (change.language !== undefined) redraw();
  });
  const tabs = useRef<BroadcastChannel>(null);
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: MessageEvent<Partial<Preferences>>) => onElsewhere(data);
    tabs.current = channel;
    return () => channel.close();
  }, []);

  const signedIn = stored !== null;
  const prefer = useCallback(
    (change: Partial<Preferences>) => {
      setPreferences((known) => ({ ...known, ...change }));
      if (change.language) writeDeviceCookie(localeCookie, change.language);
      const tellTabs = () => {
        tabs.current?.postMessage(change);
        if (change.language !== undefined) redraw();
      };
      if (!signedIn) return tellTabs();
      client.me.prefer.mutate(change).then(tellTabs, (error: unknown) => {
        const { offline, message } = readProblem(error);
        notifications.show({ color: "red", title: t("notSaved"), message: offline ? t("notSavedOffline") : message });
      });
    },
    [client, redraw, signedIn, t],
  );

  const state = useMemo(() => ({ preferences, changingLanguage, prefer }), [preferences, changingLanguage, prefer]);
  return <PreferencesContext value={state}>{children}</PreferencesContext>;
}

export function usePreferences(): PreferencesState {
  const state = use(PreferencesContext);
  if (!state) throw new Error("usePreferences needs a PreferencesProvider above it.");
  return state;
}

/** Are single-character keys on? On unless their owner turned them off. */
export function useSingleKeys(): boolean {
  return usePreferences().preferences.singleKeys !== false;
}
