"use client";

import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { ChartLegend } from "./chart-legend.tsx";
import { evenTicks } from "./even-ticks.ts";

export interface TrendPoint {
  /** Unique; ordered as it is drawn. */
  key: string;
  label: string;
  /** null: nothing was counted here, and the line has a gap. */
  value: number | null;
  /** The interval of the value; null where there is none. */
  low?: number | null;
  high?: number | null;
  /** Too little or too young to judge by: drawn hollow. */
  isFaint?: boolean;
}

export interface TrendTarget {
  from: number;
  /** Left out: one line. */
  to?: number;
  label: string;
}

/** An area lies under what is drawn, a line is drawn. */
const colourOf = ({ to }: TrendTarget) =>
  to === undefined ? "var(--keep)" : "color-mix(in srgb, var(--keep) 30%, var(--surface))";

/** A value over time with its interval as a band, and a target where there is one. Plain arrays in; no words of its own. */
export function TrendChart(props: {
  points: readonly TrendPoint[];
  target?: TrendTarget;
  /** How a value is written at the axis and under the pointer. */
  word: (value: number) => string;
  /** Upper end of the axis; left out: what the data need. */
  top?: number;
  /** The values are whole, and so is what stands at the axis. */
  isCount?: boolean;
}) {
  const { points, target, word } = props;
  const data = points.map(({ low, high, ...point }) => ({
    ...point,
    band: low == null || high == null ? null : [low, high],
  }));
  const label = { fontSize: 11, fill: "var(--ink-soft)" };
  const shown = points.flatMap(({ value, high }) => [value ?? 0, high ?? 0]);
  const ticks = evenTicks(props.top ?? Math.max(target?.to ?? target?.from ?? 0, ...shown), props.isCount ? 1 : 0);
  const targetName = target && { name: target.label, colour: colourOf(target), isLine: target.to === undefined };
  return (
    <>
      {targetName && <ChartLegend entries={[targetName]} />}
      <ResponsiveContainer width="100%" height={targetName ? 216 : 240}>
        <ComposedChart data={data} margin={{ top: 16, right: 16, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="label"
            tick={label}
            stroke="var(--line-strong)"
            interval="equidistantPreserveStart"
            padding={{ left: 16, right: 16 }}
            minTickGap={24}
          />
          <YAxis
            domain={[0, ticks.at(-1)!]}
            ticks={ticks}
            tickFormatter={word}
            tick={label}
            width={52}
            axisLine={false}
            tickLine={false}
          />
          {target?.to !== undefined && (
            <ReferenceArea y1={target.from} y2={target.to} fill={colourOf(target)} fillOpacity={1} />
          )}
          {target && target.to === undefined && (
            <ReferenceLine y={target.from} stroke={colourOf(target)} strokeDasharray="4 3" />
          )}
          <Tooltip
            isAnimationActive={false}
            formatter={(value) =>
              Array.isArray(value) ? value.map(Number).map(word).join(" – ") : word(Number(value))
            }
            labelStyle={{ color: "var(--ink)" }}
            contentStyle={{ background: "var(--surface)", border: "1px solid var(--line-strong)", borderRadius: 8 }}
            separator=": "
          />
          <Area
            dataKey="band"
            name="95 %"
            stroke="none"
            fill="var(--accent)"
            fillOpacity={0.14}
            isAnimationActive={false}
          />
          <Line
            dataKey="value"
            name="·"
            stroke="var(--accent)"
            strokeWidth={2}
            dot={(dot) => <TrendDot key={dot.key} cx={dot.cx} cy={dot.cy} isFaint={dot.payload.isFaint === true} />}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </>
  );
}

function TrendDot({ cx, cy, isFaint }: { cx?: number; cy?: number; isFaint: boolean }) {
  if (cx == null || cy == null) return null;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={3.5}
      fill={isFaint ? "var(--surface)" : "var(--accent)"}
      stroke="var(--accent)"
      strokeWidth={1.5}
    />
  );
}
