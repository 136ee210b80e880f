"use client";

import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { evenTicks } from "./even-ticks.ts";

export interface CalibrationPoint {
  /** What was said and what came, 0..1. */
  predicted: number;
  observed: number;
  low: number | null;
  high: number | null;
}

/** What was said against what came, with the line on which both are equal; a second curve to compare with. Plain arrays in. */
export function CalibrationChart(props: {
  seen: readonly CalibrationPoint[];
  seenName: string;
  /** By rising `predicted`; drawn as a line. */
  compared: readonly CalibrationPoint[];
  comparedName: string;
  predictedName: string;
  word: (share: number) => string;
}) {
  const { seen, compared, word } = props;
  const all = [...seen, ...compared];
  const room = (values: number[]) => evenTicks(Math.min(1, Math.max(0.05, ...values) * 1.05));
  const across = room(all.map(({ predicted }) => predicted));
  // An interval of few deals may reach far beyond; it is cut off at the edge, and the table tells its end.
  const up = room(all.map(({ predicted, observed }) => Math.max(predicted, observed)));
  const [right, top] = [across.at(-1)!, up.at(-1)!];
  const points = seen.map((point) => ({
    ...point,
    error: [point.observed - (point.low ?? point.observed), (point.high ?? point.observed) - point.observed],
  }));
  const label = { fontSize: 11, fill: "var(--ink-soft)" };
  return (
    <ResponsiveContainer width="100%" height={280}>
      <ComposedChart margin={{ top: 12, right: 16, bottom: 20, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          type="number"
          dataKey="predicted"
          domain={[0, right]}
          ticks={across}
          tickFormatter={word}
          tick={label}
          stroke="var(--line-strong)"
          allowDuplicatedCategory={false}
          label={{ value: props.predictedName, ...label, position: "insideBottom", offset: -12 }}
        />
        <YAxis
          type="number"
          domain={[0, top]}
          ticks={up}
          tickFormatter={word}
          tick={label}
          width={52}
          axisLine={false}
          tickLine={false}
          allowDataOverflow
        />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: Math.min(right, top), y: Math.min(right, top) },
          ]}
          stroke="var(--line-strong)"
          strokeDasharray="4 3"
        />
        <Tooltip
          isAnimationActive={false}
          formatter={(value) => word(Number(value))}
          labelFormatter={() => ""}
          itemStyle={{ color: "var(--ink)" }}
          contentStyle={{ background: "var(--surface)", border: "1px solid var(--line-strong)", borderRadius: 8 }}
          separator=": "
        />
        <Line
          data={[...compared]}
          dataKey="observed"
          name={props.comparedName}
          stroke="var(--mark)"
          strokeWidth={1.5}
          dot={{ r: 2.5, fill: "var(--mark)" }}
          isAnimationActive={false}
        />
        <Scatter data={points} dataKey="observed" name={props.seenName} fill="var(--accent)" isAnimationActive={false}>
          <ErrorBar dataKey="error" direction="y" stroke="var(--accent)" strokeWidth={1.5} width={4} />
        </Scatter>
      </ComposedChart>
    </ResponsiveContainer>
  );
}
