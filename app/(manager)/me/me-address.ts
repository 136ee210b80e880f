import { parseAsStringLiteral } from "nuqs/server";

/** `?span=` of my page: which leads the funnel counts. */
export const funnelSpan = parseAsStringLiteral(["month", "quarter", "year"] as const).withDefault("quarter");
/** `?marks=`: which of one's own marks are listed. */
export const markState = parseAsStringLiteral(["standing", "withdrawn", "all"] as const).withDefault("standing");
/** `?mark=`: of which kind. */
export const markKind = parseAsStringLiteral(["wrongly_removed", "wrongly_kept"] as const);
