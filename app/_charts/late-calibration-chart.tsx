"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";

/** `CalibrationChart`, fetched when the first one is needed. */
export const LateCalibrationChart = dynamic(
  () => import("./calibration-chart.tsx").then((module) => module.CalibrationChart),
  { ssr: false, loading: () => <Skeleton height={280} radius="md" /> },
);
