import { expect, it } from "vitest";
import { soundReport } from "../testing/sound-report.ts";
import { gate } from "./gate.ts";
import { type EvaluationReport, readReport } from "./report.ts";

const sha256 = soundReport().active!.sha256;
const difference = (report: EvaluationReport) => report.differences.find(({ name }) => name === "active")!;
const alone = (report: EvaluationReport) => {
  report.active = null;
};

it("lets a sound model pass, with and without an active one beside it", () => {
  expect(gate(soundReport(), null)).toEqual({ ok: true, reasons: [] });
  expect(gate(soundReport(), { sha256, report: soundReport() })).toEqual({ ok: true, reasons: [] });
});

it.each<[string, (report: EvaluationReport) => void, string[], RegExp]>([
  [
    "an unfaithful export",
    (report) => {
      report.parity = { ...report.parity, ok: false, reasons: ["3 verdicts differ"] };
    },
    ["parity"],
    /3 verdicts differ/,
  ],
  [
    "recall below 0.8",
    (report) => {
      report.rankers[0]!.ownThreshold.recall = { value: 0.797, low: 0.76, high: 0.83 };
    },
    ["recall"],
    /79\.7 %.*80\.0 %/,
  ],
  [
    "a baseline that does as well",
    (report) => {
      report.rankers[2]!.aucWithinLead.value = 0.944;
    },
    ["baseline"],
    /0\.944.*logistic regression.*0\.944/,
  ],
  [
    "dishonest probabilities",
    (report) => {
      report.deal.ece = { value: 0.061, low: 0.051, high: 0.08 };
    },
    ["calibration"],
    /0\.061.*0\.050/,
  ],
  [
    "heads that serve a third below those that were proved",
    (report) => {
      report.level!.serving.chance = 0.038;
    },
    ["level"],
    /\(150\).*3\.8 %.*5\.7 %/,
  ],
  [
    "heads that serve and keep much more than those that were proved",
    (report) => {
      report.level!.serving.kept = 0.53;
    },
    ["level"],
    /53\.0 %.*42\.0 %/,
  ],
  [
    "nothing measured",
    (report) => {
      report.rankers[0]!.aucWithinLead = { value: null, low: null, high: null };
    },
    ["unmeasured"],
    /No AUC/,
  ],
  [
    "worse than the active one on the same leads, beyond the interval",
    (report) => {
      difference(report).aucWithinLead = { value: -0.012, low: -0.02, high: -0.001 };
    },
    ["active"],
    /same leads \(64\).*0\.012.*0\.001/,
  ],
  [
    "less is removed than by the active one, beyond the interval",
    (report) => {
      difference(report).keptAt8Of10 = { value: -0.05, low: -0.09, high: -0.01 };
    },
    ["active"],
    /5\.0 points.*1\.0 at least/,
  ],
  [
    "all of it",
    (report) => {
      report.parity = { ...report.parity, ok: false, reasons: ["x"] };
      report.rankers[0]!.aucWithinLead.value = 0.4;
      report.rankers[0]!.ownThreshold.recall.value = 0.1;
      report.deal.ece = { value: 0.5, low: 0.4, high: 0.6 };
    },
    ["parity", "baseline", "baseline", "baseline", "baseline", "baseline", "recall", "calibration"],
    /./,
  ],
])("refuses %s", (_, spoil, codes, words) => {
  const report = soundReport();
  spoil(report);
  const { ok, reasons } = gate(report, { sha256, report: soundReport() });
  expect(ok).toBe(false);
  expect(reasons.map(({ code }) => code)).toEqual(codes);
  expect(reasons[0]!.en).toMatch(words);
  for (const { ru } of reasons) expect(ru).toMatch(/[а-я]/);
});

it.each<[string, (report: EvaluationReport) => void]>([
  [
    "recall of 0.8 and an error of 0.05, which are allowed",
    (report) => {
      report.rankers[0]!.ownThreshold.recall.value = 0.8;
      report.deal.ece.value = 0.05;
    },
  ],
  [
    "an error that few deals cannot tell from an allowed one",
    (report) => {
      report.deal.ece = { value: 0.063, low: 0.045, high: 0.09 };
    },
  ],
  [
    "a little worse than the active one, within the interval",
    (report) => {
      difference(report).aucWithinLead = { value: -0.004, low: -0.01, high: 0.002 };
    },
  ],
  [
    "an active model that is better on other leads, where the intervals touch",
    (report) => {
      alone(report);
      report.rankers[0]!.aucWithinLead = { value: 0.925, low: 0.915, high: 0.935 };
    },
  ],
])("lets pass %s", (_, change) => {
  const report = soundReport();
  change(report);
  expect(gate(report, { sha256, report: soundReport() })).toEqual({ ok: true, reasons: [] });
});

it("holds interval against interval where another model is active than the one that was compared", () => {
  const report = soundReport();
  report.rankers[0]!.aucWithinLead = { value: 0.92, low: 0.91, high: 0.93 };
  const other = { sha256: "cd".repeat(32), report: soundReport() };
  expect(gate(report, other).reasons).toMatchObject([{ code: "active", en: expect.stringMatching(/0\.930.*0\.934/) }]);
  expect(gate(report, { ...other, report: null })).toEqual({ ok: true, reasons: [] });
});

it("a stored report is read back as it was, and one of another form is none", () => {
  const report = soundReport();
  expect(readReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(readReport({ ...report, version: 1 })).toBeNull();
  expect(readReport({ testFromDay: 1, rankers: [] })).toBeNull();
  expect(readReport(null)).toBeNull();
});

it("asks for a passed pilot only where one is required, and says how the latest ended", () => {
  const codes = (pilot: Parameters<typeof gate>[2]) => gate(soundReport(), null, pilot).reasons.map(({ code }) => code);
  expect(codes({ required: false })).toEqual([]);
  expect(codes({ required: true, latest: { lossless: 8, leads: 10, passed: true } })).toEqual([]);
  expect(codes({ required: true, latest: null })).toEqual(["pilot"]);
  const { reasons } = gate(soundReport(), null, { required: true, latest: { lossless: 7, leads: 10, passed: false } });
  expect(reasons.map(({ en }) => en)).toEqual(["The pilot was not passed: 7 leads of 10 lost nothing."]);
});
