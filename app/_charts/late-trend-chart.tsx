"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";

/** `TrendChart`, fetched when the first one is needed: no screen pays for charts before it shows one. */
export const LateTrendChart = dynamic(() => import("./trend-chart.tsx").then((module) => module.TrendChart), {
  ssr: false,
  loading: () => <Skeleton height={240} radius="md" />,
});
