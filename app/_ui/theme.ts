import {
  type CSSVariablesResolver,
  createTheme,
  defaultCssVariablesResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** Ink blue: far enough from the green of «kept» and the red of «removed» to mean only «here you act». */
const ink: MantineColorsTuple = [
  "#eff3fd",
  "#dfe7fa",
  "#bccbf3",
  "#96aeec",
  "#7694e5",
  "#5b7de0",
  "#4168d4",
  "#3156bb",
  "#2848a0",
  "#213a82",
];

const dark: MantineColorsTuple = [
  "#e5e8ec",
  "#c6cbd3",
  "#a3abb8",
  "#8791a0",
  "#3d444f",
  "#2c323b",
  "#21262d",
  "#15181d",
  "#101317",
  "#0b0d10",
];

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  black: "#1b1f26",
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: { fontFamily: '"Inter Variable", system-ui, sans-serif', fontWeight: "650" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  focusRing: "auto",
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, fz: 12 } },
    Button: { defaultProps: { size: "sm" } },
  },
});

/** Where Mantine's own pairs miss 4.5 : 1, in both schemes. Colours of our own meaning live in globals.css. */
export const resolveCssVariables: CSSVariablesResolver = (resolved) => {
  const base = defaultCssVariablesResolver(resolved);
  return {
    ...base,
    light: {
      ...base.light,
      "--mantine-color-body": "#f5f6f8",
      "--mantine-color-dimmed": "#565e6b",
      "--mantine-color-placeholder": "#69717e",
      "--mantine-color-default-border": "#d5d9e0",
      "--mantine-color-error": "#b3261e",
      "--mantine-color-anchor": "#2848a0",
      "--mantine-color-disabled-color": "#69717e",
    },
    dark: {
      ...base.dark,
      "--mantine-color-dimmed": "#a3abb8",
      "--mantine-color-placeholder": "#939cab",
      "--mantine-color-default-border": "#3d444f",
      "--mantine-color-error": "#ff9c91",
      "--mantine-color-anchor": "#96aeec",
      "--mantine-color-disabled-color": "#939cab",
    },
  };
};
