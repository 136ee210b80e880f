import type { z } from "zod";
import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import type { Share } from "../share.ts";
import { conversionByMonth } from "./conversion-by-month.ts";
import { type DataFeed, dataFeed } from "./data-feed.ts";
import { type DealsMarkedNegative, dealsMarkedNegative } from "./deals-marked-negative.ts";
import { type MarksFigures, marksByWeek } from "./marks-by-week.ts";
import { type ModelAge, modelAge } from "./model-age.ts";
import { type OutcomeFigures, outcomesByWeek } from "./outcomes-by-week.ts";
import { type RemovedByWeek, removedInAll } from "./removed-by-week.ts";
import type { reportScopeInput } from "./report-scope.ts";
import { type ReviewFigures, reviewsByWeek } from "./reviews-by-week.ts";
import { type ToDo, toDo } from "./to-do.ts";

export interface Overview {
  /** Three witnesses that are never added up; null: it has not spoken in these days. */
  marks: MarksFigures | null;
  reviews: ReviewFigures | null;
  outcomes: OutcomeFigures | null;
  negative: DealsMarkedNegative;
  removed: RemovedByWeek["all"];
  conversion: {
    /** All ripe months of the span. */
    ripe: Share | null;
    /** The last ripe month and the one before; null: there is none. */
    last: { month: string; converted: Share } | null;
    before: { month: string; converted: Share } | null;
  };
  /** Of the whole house, whatever is asked for. */
  feed: DataFeed;
  model: ModelAge;
  toDo: ToDo[];
}

/** Everything of the first screen: each figure is the very one of its own page. */
export async function overview(ctx: Ctx, scope: z.output<typeof reportScopeInput>): Promise<Overview> {
  authorize(ctx, "report:read");
  const [marks, reviews, outcomes, negative, removed, conversion, feed, model, duties] = await Promise.all([
    marksByWeek(ctx, scope),
    reviewsByWeek(ctx, scope),
    outcomesByWeek(ctx, scope),
    dealsMarkedNegative(ctx, scope),
    removedInAll(ctx, scope),
    conversionByMonth(ctx, scope),
    dataFeed(ctx),
    modelAge(ctx),
    toDo(ctx),
  ]);
  const ripe = conversion.cohorts.filter(({ isRipe }) => isRipe).toReversed();
  const month = (at: number) => (ripe[at] ? { month: ripe[at].month, converted: ripe[at].converted } : null);
  return {
    marks: marks.all,
    reviews: reviews.all,
    outcomes: outcomes.all,
    negative,
    removed,
    conversion: { ripe: conversion.ripe?.converted ?? null, last: month(0), before: month(1) },
    ...{ feed, model, toDo: duties },
  };
}
