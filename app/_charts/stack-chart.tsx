"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { ChartLegend } from "./chart-legend.tsx";

export interface StackPoint {
  /** Unique; ordered as it is drawn. */
  key: string;
  label: string;
  /** One number a series, 0..1; they add up to 1. */
  parts: readonly number[];
}

/** Told apart in both schemes and by those who do not see red and green alike. */
const colours = ["--accent", "--mark", "--remove", "--keep", "--ink-soft", "--line-strong"].map(
  (name) => `var(${name})`,
);

/** How a whole is made up over time. Plain arrays in; the words are the caller's. */
export function StackChart(props: {
  points: readonly StackPoint[];
  /** Names of the series, from the bottom up. */
  series: readonly string[];
  word: (share: number) => string;
}) {
  const { points, series, word } = props;
  const data = points.map(({ label, parts }) => ({ label, ...Object.fromEntries(parts.map((part, i) => [i, part])) }));
  const label = { fontSize: 11, fill: "var(--ink-soft)" };
  return (
    <>
      <ChartLegend entries={series.map((name, i) => ({ name, colour: colours[i]! }))} />
      <ResponsiveContainer width="100%" height={220}>
        <BarChart data={data} margin={{ top: 8, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="label" tick={label} stroke="var(--line-strong)" minTickGap={24} />
          <YAxis
            domain={[0, 1]}
            tickCount={5}
            tickFormatter={word}
            tick={label}
            width={52}
            axisLine={false}
            tickLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            formatter={(value) => word(Number(value))}
            cursor={{ fill: "var(--surface-sunken)" }}
            labelStyle={{ color: "var(--ink)" }}
            itemStyle={{ color: "var(--ink)" }}
            contentStyle={{ background: "var(--surface)", border: "1px solid var(--line-strong)", borderRadius: 8 }}
            separator=": "
          />
          {series.map((name, i) => (
            <Bar
              key={name}
              dataKey={String(i)}
              name={name}
              stackId="all"
              fill={colours[i]}
              maxBarSize={36}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </>
  );
}
