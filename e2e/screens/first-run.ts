import type { Pictured } from "./picture.ts";

/** What an empty database shows. No market is empty twice, so these are walked and pictured by their story, `first-run.spec.ts`. */
export const firstRun = [
  {
    name: "first-run",
    about: "An empty database: its administrator imports files, or loads a made-up market",
    main: true,
  },
  { name: "first-run-ask", about: "What the demo is, said before it is too late" },
  { name: "first-run-loading", about: "The demo is loading: it may be cancelled, and a reload loses nothing" },
] as const satisfies readonly Pictured[];
