/** The pages below /admin, in the order of the bar; each word is one of `admin.places` in the messages. */
export const adminPlaces = [
  { href: "/admin/trainings", word: "trainings" },
  { href: "/admin/pilot", word: "pilot" },
  { href: "/admin/models", word: "models" },
  { href: "/admin/marks", word: "marks" },
] as const;
