import type { MantineColorScheme, MantineColorSchemeManager } from "@mantine/core";
import { writeDeviceCookie } from "./device-cookie.ts";

export const themeCookie = "OSTAP_THEME";

/** Whatever a cookie says, the theme is one of ours; that of the system where it says nothing. */
export function toTheme(value: string | undefined): MantineColorScheme {
  return value === "light" || value === "dark" ? value : "auto";
}

/** The server draws the page in the right theme, from the person's choice or the device's cookie: Mantine asks no storage. */
export function cookieColorScheme(drawn: MantineColorScheme): MantineColorSchemeManager {
  let scheme = drawn;
  const nothing = () => {};
  return {
    get: () => scheme,
    set: (value) => {
      scheme = value;
      writeDeviceCookie(themeCookie, value);
    },
    subscribe: nothing,
    unsubscribe: nothing,
    clear: nothing,
  };
}
