import type { EvaluationReport } from "./report.ts";

/** Least share of the suitable premises that a model must keep at its own threshold: the design documents' recall. */
const RECALL_MIN = 0.8;
const ECE_MAX = 0.05;
/** How far the heads that serve may be from those that were proved, either way: as far as probabilities may be off the truth. */
const LEVEL_FACTOR_MAX = 1.25;

export type GateCode = "parity" | "unmeasured" | "baseline" | "recall" | "calibration" | "level" | "active" | "pilot";

/** One thing that speaks against a promotion, with both values. */
export interface GateReason {
  code: GateCode;
  ru: string;
  en: string;
}

export interface GateVerdict {
  ok: boolean;
  reasons: GateReason[];
}

/** The model that serves now; its report is null where another build wrote it in another form. */
export interface ActiveReport {
  sha256: string;
  report: EvaluationReport | null;
}

/** The model's latest pilot that was decided. */
export interface PilotOutcome {
  lossless: number;
  leads: number;
  passed: boolean;
}

/** Whether a pilot is asked for, and how the model's ended; null: it has none. */
export type PilotPolicy = { required: false } | { required: true; latest: PilotOutcome | null };

/**
 * Whether a model may be promoted: exported faithfully, better than every baseline, a threshold that keeps what suits,
 * honest probabilities, the level that was proved, not worse than the active one beyond the interval, and, where that is asked, passed by a pilot. All reasons against it, not the first only.
 */
export function gate(
  report: EvaluationReport,
  active: ActiveReport | null,
  pilot: PilotPolicy = { required: false },
): GateVerdict {
  const reasons = [
    ...ofParity(report),
    ...ofBaselines(report),
    ...ofRecall(report),
    ...ofCalibration(report),
    ...ofLevel(report),
    ...(active ? ofActive(report, active) : []),
    ...(pilot.required ? ofPilot(pilot.latest) : []),
  ];
  return { ok: reasons.length === 0, reasons };
}

const three = (value: number) => ({ ru: value.toFixed(3).replace(".", ","), en: value.toFixed(3) });
const percent = (value: number) => {
  const en = (100 * value).toFixed(1);
  return { ru: en.replace(".", ","), en };
};

const baselineNames: Record<EvaluationReport["rankers"][number]["name"], { ru: string; en: string }> = {
  candidate: { ru: "кандидат", en: "the candidate" },
  active: { ru: "действующая модель", en: "the active model" },
  logistic_regression: { ru: "логистическая регрессия", en: "logistic regression" },
  deals_only_trees: { ru: "деревья на одних сделках", en: "trees on deals alone" },
  hand_rules: { ru: "правила вручную", en: "the hand rules" },
  hot_list: { ru: "горячий список менеджера", en: "the manager's hot list" },
  random: { ru: "случайный порядок", en: "random order" },
};

function ofParity({ parity }: EvaluationReport): GateReason[] {
  if (parity.ok) return [];
  const said = parity.reasons.join("; ");
  return [
    {
      code: "parity",
      ru: `Выгруженная модель отвечает не так, как обученная: ${said}.`,
      en: `The exported model answers otherwise than the trained one: ${said}.`,
    },
  ];
}

function ofBaselines({ rankers: [candidate, ...others] }: EvaluationReport): GateReason[] {
  const own = candidate?.aucWithinLead.value ?? null;
  if (own === null)
    return [
      {
        code: "unmeasured",
        ru: "На последнем отрезке записей не удалось измерить AUC внутри лида.",
        en: "No AUC within a lead could be measured on the last stretch of the records.",
      },
    ];
  return others.flatMap(({ name, aucWithinLead: { value } }): GateReason[] => {
    if (name === "active" || value === null || own > value) return [];
    const [mine, other, who] = [three(own), three(value), baselineNames[name]];
    return [
      {
        code: "baseline",
        ru: `AUC внутри лида ${mine.ru}, а у базового способа (${who.ru}) ${other.ru}.`,
        en: `AUC within a lead is ${mine.en}, and the baseline (${who.en}) has ${other.en}.`,
      },
    ];
  });
}

function ofRecall({ rankers: [candidate] }: EvaluationReport): GateReason[] {
  const recall = candidate?.ownThreshold.recall.value ?? null;
  if (recall === null || recall >= RECALL_MIN) return [];
  const [kept, least] = [percent(recall), percent(RECALL_MIN)];
  return [
    {
      code: "recall",
      ru: `При своём пороге модель сохраняет ${kept.ru} % подходящих помещений, нужно не меньше ${least.ru} %.`,
      en: `At its own threshold the model keeps ${kept.en} % of the suitable premises, ${least.en} % are needed.`,
    },
  ];
}

/** Beyond the interval: a few deals leave the bins of an honest model apart, too. */
function ofCalibration({ deal: { ece } }: EvaluationReport): GateReason[] {
  if (ece.value === null || ece.value <= ECE_MAX || (ece.low ?? ece.value) <= ECE_MAX) return [];
  const [gap, most] = [three(ece.value), three(ECE_MAX)];
  return [
    {
      code: "calibration",
      ru: `Вероятность сделки расходится с тем, что было, в среднем на ${gap.ru}, допустимо ${most.ru}.`,
      en: `The probability of a deal is off by ${gap.en} on average, ${most.en} is allowed.`,
    },
  ];
}

/** What was proved of other heads says little of those that serve when these tell other chances of the same premises. */
function ofLevel({ level }: EvaluationReport): GateReason[] {
  if (!level) return [];
  const { proved, serving, leads } = level;
  const off = ({ proved, serving }: { proved: number; serving: number }) =>
    Math.max(proved / serving, serving / proved) > LEVEL_FACTOR_MAX;
  const reasons: GateReason[] = [];
  if (off({ proved: proved.chance, serving: serving.chance })) {
    const [before, after] = [percent(proved.chance), percent(serving.chance)];
    reasons.push({
      code: "level",
      ru: `Лучшим помещениям тех же лидов (${leads}) модель обещает сделку в среднем с вероятностью ${after.ru} %, а проверена была при ${before.ru} %: допустимо расхождение в ${String(LEVEL_FACTOR_MAX).replace(".", ",")} раза.`,
      en: `To the best premises of the same leads (${leads}) the model gives a chance of ${after.en} % on average, and was proved with ${before.en} %: a factor of ${LEVEL_FACTOR_MAX} is allowed.`,
    });
  }
  if (off({ proved: proved.kept, serving: serving.kept })) {
    const [before, after] = [percent(proved.kept), percent(serving.kept)];
    reasons.push({
      code: "level",
      ru: `Тем же лидам (${leads}) модель оставляет ${after.ru} % свободных помещений, а проверена была при ${before.ru} %: обещание порога на неё не распространяется.`,
      en: `For the same leads (${leads}) the model keeps ${after.en} % of what is free, and was proved with ${before.en} %: the threshold's promise does not reach it.`,
    });
  }
  return reasons;
}

function ofPilot(latest: PilotOutcome | null): GateReason[] {
  if (latest?.passed) return [];
  if (!latest)
    return [
      {
        code: "pilot",
        ru: "Пилотная проверка модели не подписана: проведите её на лидах одной недели.",
        en: "No pilot of the model is signed: hold one on the leads of a week.",
      },
    ];
  const { lossless, leads } = latest;
  return [
    {
      code: "pilot",
      ru: `Пилотная проверка не пройдена: без потерь ${lossless} лидов из ${leads}.`,
      en: `The pilot was not passed: ${lossless} leads of ${leads} lost nothing.`,
    },
  ];
}

/** On the same leads where both were asked of them, paired; else interval against interval, each on its own leads. */
function ofActive(report: EvaluationReport, active: ActiveReport): GateReason[] {
  const paired = report.active?.sha256 === active.sha256 && report.active.leftOut === null;
  const difference = paired ? report.differences.find(({ name }) => name === "active") : undefined;
  if (difference) return [...worseAuc(difference), ...worseKept(difference)];
  const own = report.rankers[0]?.aucWithinLead;
  const before = active.report?.rankers[0]?.aucWithinLead;
  if (own?.high == null || before?.low == null || own.high >= before.low) return [];
  const [mine, other] = [three(own.high), three(before.low)];
  return [
    {
      code: "active",
      ru: `AUC внутри лида не выше ${mine.ru}, а у действующей модели, на её лидах, не ниже ${other.ru}.`,
      en: `AUC within a lead is at most ${mine.en}, and the active model's, on its own leads, at least ${other.en}.`,
    },
  ];
}

type Difference = EvaluationReport["differences"][number];

function worseAuc({ leads, aucWithinLead: { value, high } }: Difference): GateReason[] {
  if (value === null || high === null || high >= 0) return [];
  const [by, least] = [three(-value), three(-high)];
  return [
    {
      code: "active",
      ru: `На тех же лидах (${leads}) AUC ниже, чем у действующей модели, на ${by.ru}, и не меньше чем на ${least.ru}.`,
      en: `On the same leads (${leads}) AUC is below the active model's by ${by.en}, and by ${least.en} at least.`,
    },
  ];
}

function worseKept({ leads, keptAt8Of10: { value, high } }: Difference): GateReason[] {
  if (value === null || high === null || high >= 0) return [];
  const [by, least] = [percent(-value), percent(-high)];
  return [
    {
      code: "active",
      ru: `На тех же лидах (${leads}), чтобы 8 из 10 ничего не потеряли, она оставляет на ${by.ru} п. п. больше действующей, не меньше чем на ${least.ru}.`,
      en: `On the same leads (${leads}), so that 8 of 10 lose nothing, it keeps ${by.en} points more than the active one, ${least.en} at least.`,
    },
  ];
}
