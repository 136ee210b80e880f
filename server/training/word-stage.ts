import type { Words } from "../wording.ts";

const stages: Record<string, Words> = {
  facts: { ru: "Читает записи рынка", en: "Reads the market's records" },
  search: { ru: "Ищет параметры лучше", en: "Looks for better parameters" },
  prepare: { ru: "Считает признаки прошлых подборов", en: "Computes the features of past leads" },
  suitability: { ru: "Учится, что подходит", en: "Learns what suits" },
  deal: { ru: "Учится, что становится сделкой", en: "Learns what becomes a deal" },
  hold_out: { ru: "Проверяет себя на отложенных лидах", en: "Tests itself on held-out leads" },
  export: { ru: "Собирает файл модели", en: "Makes the model's file" },
  report: { ru: "Пишет отчёт", en: "Writes the report" },
  register: { ru: "Записывает кандидата", en: "Registers the candidate" },
};

/** A stage of a training as people read it. One that this build does not know is told by its name. */
export function wordStage(stage: string): Words {
  return stages[stage] ?? { ru: stage, en: stage };
}
