"use client";

import { useQueryStates } from "nuqs";
import { type ReportScope, reportAddress, scopeOf } from "./report-address.ts";

/** What the address narrows the reports to. */
export function useReportScope(): ReportScope {
  return scopeOf(useQueryStates(reportAddress)[0]);
}
