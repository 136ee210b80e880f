"use client";

import { type MantineColorScheme, MantineProvider, MantineThemeProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useTranslations } from "next-intl";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { TrpcClientProvider } from "../trpc/client.tsx";
import { Announcer } from "./announcer.tsx";
import { type Preferences, PreferencesProvider } from "./preferences.tsx";
import { resolveCssVariables, theme } from "./theme.ts";
import { cookieColorScheme } from "./theme-cookie.ts";

/** What every screen stands on. `nonce` lets Mantine's style tags pass the content security policy. */
export function Providers(props: {
  nonce: string | undefined;
  /** The theme in which the server drew the page. */
  scheme: MantineColorScheme;
  /** null: nobody is signed in. */
  stored: Preferences | null;
  children: ReactNode;
}) {
  const { nonce, scheme } = props;
  const [colorSchemes] = useState(() => cookieColorScheme(scheme));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      colorSchemeManager={colorSchemes}
      defaultColorScheme={scheme}
      getStyleNonce={nonce === undefined ? undefined : () => nonce}
    >
      <NuqsAdapter>
        <TrpcClientProvider>
          <PreferencesProvider stored={props.stored}>
            <Announcer>
              {props.children}
              <Notices />
            </Announcer>
          </PreferencesProvider>
        </TrpcClientProvider>
      </NuqsAdapter>
    </MantineProvider>
  );
}

/** What is said in a corner for a while. Mantine leaves the button that closes it without a name. */
function Notices() {
  const t = useTranslations("app");
  const closeButtonProps = { "aria-label": t("closeNotice") };
  return (
    <MantineThemeProvider theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }}>
      <Notifications position="bottom-left" limit={3} autoClose={12_000} zIndex={400} />
    </MantineThemeProvider>
  );
}
