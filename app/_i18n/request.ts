import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { storedPreferences } from "../trpc/server.tsx";
import { localeCookie, toLocale } from "./locale.ts";

/** The language is what the person chose, else the device's cookie, and never in the address: a link is the same for every reader. */
export default getRequestConfig(async () => {
  const cookie = (await cookies()).get(localeCookie)?.value;
  const locale = (await storedPreferences())?.language ?? toLocale(cookie);
  const messages = locale === "en" ? await import("#/messages/en.json") : await import("#/messages/ru.json");
  return { locale, messages: messages.default, timeZone: "Asia/Novosibirsk" };
});
