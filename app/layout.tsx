import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { adminWords } from "./_i18n/admin-words.ts";
import { Providers } from "./_ui/providers.tsx";
import { themeCookie, toTheme } from "./_ui/theme-cookie.ts";
import { storedPreferences } from "./trpc/server.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return { title: { default: t("name"), template: `%s · ${t("name")}` }, description: t("description") };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1c2026" },
  ],
};

/** What a client's page may have to say by itself; the words of our own screens are not for clients. */
async function sharedMessages() {
  const { app, problem, shared } = await getMessages();
  return { app, problem, shared };
}

async function workspaceMessages() {
  const words = { ...(await getMessages()) };
  for (const name of adminWords) Reflect.deleteProperty(words, name);
  return words;
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [head, device] = await Promise.all([headers(), cookies()]);
  const [locale, stored] = await Promise.all([getLocale(), storedPreferences()]);
  const scheme = stored?.theme ?? toTheme(device.get(themeCookie)?.value);
  const nonce = head.get("x-nonce") ?? undefined;
  return (
    <html lang={locale} {...mantineHtmlProps}>
      <head>
        {/* A key that nothing writes: the scheme is the server's to say, and the script only asks the system for "auto". */}
        <ColorSchemeScript nonce={nonce} defaultColorScheme={scheme} localStorageKey="ostap.no-scheme" />
      </head>
      <body>
        <NextIntlClientProvider messages={head.has("x-shared") ? await sharedMessages() : await workspaceMessages()}>
          <Providers nonce={nonce} scheme={scheme} stored={stored}>
            {children}
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
