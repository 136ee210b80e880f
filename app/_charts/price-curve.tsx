"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { evenTicks } from "./even-ticks.ts";

export interface PriceCurvePoint {
  rentRubMonth: number;
  /** 0..1; null: nobody paid such a rent, so nothing is known. */
  probability: number | null;
}

/** The chance of a deal along the rents, a picture without words of its own: the table beside it is for readers. */
export function PriceCurve(props: {
  /** By rising rent. */
  points: readonly PriceCurvePoint[];
  askingRubMonth: number | null;
  bestRubMonth: number | null;
  words: {
    noData: string;
    asking: string;
    best: string;
    rent: (rub: number) => string;
    chance: (share: number) => string;
  };
}) {
  const { points, words } = props;
  const seen = points.filter((point) => point.probability !== null);
  const [lowest, highest] = [points[0]?.rentRubMonth ?? 0, points.at(-1)?.rentRubMonth ?? 0];
  const chanceAt = (rent: number | null) => seen.find((point) => point.rentRubMonth === rent)?.probability ?? null;
  // A chance is said in whole percents.
  const ticks = evenTicks(Math.min(1, 1.05 * Math.max(...seen.map(({ probability }) => probability ?? 0), 0.01)), 0.01);
  const [bestChance, askingChance] = [chanceAt(props.bestRubMonth), chanceAt(props.askingRubMonth)];
  const label = { fontSize: 11, fill: "var(--ink-soft)" };
  return (
    <div aria-hidden style={{ width: "100%", height: 176 }}>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={[...points]} margin={{ top: 18, right: 34, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="rentRubMonth"
            type="number"
            domain={[lowest, highest]}
            ticks={[lowest, props.askingRubMonth ?? (lowest + highest) / 2, highest]}
            tickFormatter={words.rent}
            tick={label}
            stroke="var(--line-strong)"
            interval={0}
          />
          <YAxis
            domain={[0, ticks.at(-1)!]}
            ticks={ticks}
            tickFormatter={words.chance}
            tick={label}
            width={46}
            axisLine={false}
            tickLine={false}
          />
          {unseenSpans(points).map(([from, to]) => (
            <ReferenceArea
              key={from}
              x1={from}
              x2={to}
              fill="var(--surface-sunken)"
              fillOpacity={1}
              label={{ value: words.noData, ...label, position: "center", angle: -90 }}
            />
          ))}
          {props.askingRubMonth !== null && (
            <ReferenceLine
              x={props.askingRubMonth}
              stroke="var(--mark)"
              strokeDasharray="4 3"
              label={{ value: words.asking, ...label, fill: "var(--mark-ink)", position: "top" }}
            />
          )}
          <Line
            dataKey="probability"
            stroke="var(--accent)"
            strokeWidth={2.5}
            dot={false}
            activeDot={false}
            connectNulls={false}
            isAnimationActive={false}
          />
          {askingChance !== null && (
            <ReferenceDot
              x={props.askingRubMonth ?? 0}
              y={askingChance}
              r={4}
              fill="var(--mark)"
              stroke="var(--surface)"
            />
          )}
          {bestChance !== null && props.bestRubMonth !== props.askingRubMonth && (
            <ReferenceDot
              x={props.bestRubMonth ?? 0}
              y={bestChance}
              r={4.5}
              fill="var(--keep)"
              stroke="var(--surface)"
              label={{ value: words.best, ...label, fill: "var(--keep-ink)", position: "top" }}
            />
          )}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Runs of rents of which nothing is known, each to the next rent that is. */
function unseenSpans(points: readonly PriceCurvePoint[]): [number, number][] {
  const spans: [number, number][] = [];
  for (let i = 0; i < points.length; i++) {
    if (points[i]!.probability !== null) continue;
    const first = Math.max(0, i - 1);
    while (i + 1 < points.length && points[i + 1]!.probability === null) i++;
    const last = Math.min(points.length - 1, i + 1);
    spans.push([points[first]!.rentRubMonth, points[last]!.rentRubMonth]);
  }
  return spans;
}
