import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { localeCookie, toLocale } from "./locale.ts";

/** The language comes from a cookie, not from the address: a link is the same for every reader. */
export default getRequestConfig(async () => {
  const locale = toLocale((await cookies()).get(localeCookie)?.value);
  const messages = locale === "en" ? await import("#/messages/en.json") : await import("#/messages/ru.json");
  return { locale, messages: messages.default, timeZone: "Asia/Novosibirsk" };
});
