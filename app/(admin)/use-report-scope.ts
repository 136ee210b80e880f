"use client";

import { useSearchParams } from "next/navigation";
import { useQueryStates } from "nuqs";
import { type ReportScope, reportAddress, scopeOf } from "./report-address.ts";

/** What the address narrows the reports to. */
export function useReportScope(): ReportScope {
  return scopeOf(useQueryStates(reportAddress)[0]);
}

/** Makes the address of another page of figures, narrowed as this one is. */
export function useScopeHref(): (path: string) => string {
  const address = useSearchParams();
  const kept = new URLSearchParams([...address].filter(([name]) => name in reportAddress));
  const query = kept.size > 0 ? `?${kept}` : "";
  return (path) => `${path}${query}`;
}
