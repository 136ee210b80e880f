"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";

/** `StackChart`, fetched when the first one is needed. */
export const LateStackChart = dynamic(() => import("./stack-chart.tsx").then((module) => module.StackChart), {
  ssr: false,
  loading: () => <Skeleton height={240} radius="md" />,
});
