"use client";

import { createSerializer, useQueryStates } from "nuqs";
import { reportAddress } from "./report-address.ts";

const serialize = createSerializer(reportAddress);

/** Makes the address of another page of figures, narrowed as this one is. */
export function useScopedHref(): (path: string) => string {
  const [address] = useQueryStates(reportAddress);
  return (path) => {
    const [page, part] = path.split("#");
    return `${serialize(page!, address)}${part === undefined ? "" : `#${part}`}`;
  };
}
