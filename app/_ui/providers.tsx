"use client";

import { type MantineColorScheme, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
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
              <Notifications position="bottom-left" limit={3} autoClose={12_000} zIndex={400} />
            </Announcer>
          </PreferencesProvider>
        </TrpcClientProvider>
      </NuqsAdapter>
    </MantineProvider>
  );
}
