import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

/** The looks there are, in the order in which they are offered. */
export const schemes = [
  { value: "light", icon: IconSun, word: "themeLight" },
  { value: "dark", icon: IconMoon, word: "themeDark" },
  { value: "auto", icon: IconDeviceDesktop, word: "themeAuto" },
] as const;
