import { describe, expect, it } from "vitest";
import { seededRandom } from "../candidates.ts";
import { openModel } from "../rank.ts";
import { examPaper, holdExam } from "../testing/exam.ts";

import { makeMarket } from "../testing/synthetic-market.ts";
import { MarketTimeline } from "../timeline.ts";
import { REVIEWED_LEADS_MIN } from "./choose-threshold.ts";
import { lowestToKeep, type ReviewedLead, thresholdFromReviews } from "./threshold-from-reviews.ts";
import { train } from "./train.ts";

const lead = (suitabilities: number[], suits: number[], unseen: number[] = []): ReviewedLead => ({
  suitabilities: new Map(suitabilities.map((one, at) => [String(at), one])),
  suitable: new Set(suits.map(String)),
  unsuitable: new Set(
    suitabilities.flatMap((_, at) => (suits.includes(at) || unseen.includes(at) ? [] : [String(at)])),
  ),
});

describe("what a reviewed lead tells", () => {
  it("is the lowest of what was called suitable", () => {
    expect(lowestToKeep(lead([0.9, 0.2, 0.4, 0.1], [0, 2]))).toBe(0.4);
  });

  it("ends at what nobody looked at, which may suit", () => {
    expect(lowestToKeep(lead([0.9, 0.2, 0.5, 0.1], [0], [2]))).toBe(0.5);
    expect(lowestToKeep(lead([0.9, 0.2, 0.5, 0.1], [1], [2]))).toBe(0.2);
  });

  it("is nothing where nothing suits, and a premises that is no longer in the list says nothing", () => {
    expect(lowestToKeep(lead([0.9, 0.2], []))).toBeNull();
    expect(lowestToKeep(lead([0.9, 0.2], [7]))).toBeNull();
  });
});

describe("the threshold of reviewed leads", () => {
  it("is not there before there are enough, and leads that say nothing do not count", () => {
    const telling = Array.from({ length: REVIEWED_LEADS_MIN - 1 }, (_, i) => lead([i / 100 + 0.2], [0]));
    expect(thresholdFromReviews([...telling, lead([0.5], [])], 0.2)).toBeNull();
    expect(thresholdFromReviews([...telling, lead([0.5], [0])], 0.2)).toMatchObject({
      basis: { n: REVIEWED_LEADS_MIN, source: "reviewed", alpha: 0.2 },
    });
  });

  it("loses as many leads as promised on average, from the fewest leads on", () => {
    const random = seededRandom(3);
    let lost = 0;
    const trials = 600;
    for (let trial = 0; trial < trials; trial++) {
      const reviewed = Array.from({ length: REVIEWED_LEADS_MIN }, () => lead([random() ** 2], [0]));
      if (random() ** 2 < thresholdFromReviews(reviewed, 0.2)!.threshold) lost++;
    }
    expect(lost / trials).toBeGreaterThan(0.12);
    expect(lost / trials).toBeLessThan(0.25);
  });

  it("keeps its promise on a made market, on the leads that were not reviewed, within their noise", async () => {
    const market = makeMarket({ seed: 5, leads: 14_000, premises: 160, managers: 8, years: 3 });
    const history = market.history();
    const parameters = { suitabilityRounds: 40, dealRounds: 30, randomNegatives: 15, hardNegatives: 5 };
    const { artifact } = await train(history, { asOfDay: history.snapshotDay, seed: 7, parameters });
    const model = await openModel(artifact);
    const { reviews } = await holdExam(examPaper(market), new MarketTimeline(history), model);
    await model.close();
    const { before, after, reviewed } = reviews!;
    expect(reviewed).toBeGreaterThanOrEqual(REVIEWED_LEADS_MIN);
    const promised = 1 - model.thresholdBasis.alpha;
    // Two standard deviations: of counting so many leads, and of the threshold itself (a Beta with n + 2 in its place).
    const noise = 2 * Math.sqrt(promised * (1 - promised) * (1 / after.leads + 1 / (reviewed + 2)));
    expect(Math.abs(after.lossless - promised)).toBeLessThan(noise);
    expect(Math.abs(after.lossless - promised)).toBeLessThan(Math.abs(before.lossless - promised));
    expect(after.auc).toBe(before.auc);
  }, 240_000);
});
