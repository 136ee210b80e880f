/**
 * The pages below /admin, in the order of the bar; each word is one of `admin.places` in the messages. A group stands together:
 * what the figures say, what makes the model, what keeps the thing running.
 */
export const adminPlaces = [
  { href: "/admin/overview", word: "overview", group: "figures" },
  { href: "/admin/quality", word: "quality", group: "figures" },
  { href: "/admin/conversion", word: "conversion", group: "figures" },
  { href: "/admin/managers", word: "managers", group: "figures" },
  { href: "/admin/data", word: "data", group: "figures" },
  { href: "/admin/trainings", word: "trainings", group: "model" },
  { href: "/admin/pilot", word: "pilot", group: "model" },
  { href: "/admin/models", word: "models", group: "model" },
  { href: "/admin/marks", word: "marks", group: "model" },
  { href: "/admin/imports", word: "imports", group: "system" },
  { href: "/admin/users", word: "users", group: "system", onlyAdmin: true },
  { href: "/admin/audit", word: "audit", group: "system" },
  { href: "/admin/jobs", word: "jobs", group: "system" },
] as const satisfies readonly Place[];

interface Place {
  href: string;
  word: string;
  group: "figures" | "model" | "system";
  /** To the owner it does not exist. */
  onlyAdmin?: true;
}
