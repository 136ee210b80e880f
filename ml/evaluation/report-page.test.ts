import { describe, expect, it } from "vitest";
import { soundReport } from "../testing/sound-report.ts";
import { gate } from "./gate.ts";
import type { EvaluationReport } from "./report.ts";
import { reportPage } from "./report-page.ts";

const named = { ru: "Модель 12", en: "Model 12" };
const pageOf = (report: EvaluationReport, locale: "ru" | "en") =>
  reportPage(report, { locale, name: named[locale], verdict: gate(report, null) });
const textOf = (page: string) => page.replace(/<style>.*<\/style>/s, "").replace(/<[^>]+>/g, " ");
const headingsOf = (page: string) => [...page.matchAll(/<h[123]>(.*?)<\/h[123]>/g)].map(([, text]) => text);

function full(): EvaluationReport {
  const report = soundReport();
  report.searchLog = [
    { parameters: { maxDepth: 4, eta: 0.05 }, metrics: { auc: 0.931 }, chosen: false },
    { parameters: { maxDepth: 5, eta: 0.05 }, metrics: { auc: 0.944 }, chosen: true },
  ];
  report.triedFeatures = [{ name: "rent_by_street", kept: false, gain: { auc: 0.0001 }, note: "within noise" }];
  return report;
}

describe.each(["ru", "en"] as const)("the page in %s", (locale) => {
  const page = pageOf(full(), locale);

  it("says in words what it shows", () => {
    expect(headingsOf(page)).toMatchSnapshot();
  });

  it("needs nothing from elsewhere and runs nothing", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="(ru|en)">/);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=|href=|https?:/i);
  });

  it("holds no word that is no word, and every tag is closed", () => {
    expect(textOf(page)).not.toMatch(/undefined|null|NaN|\[object|Infinity/);
    const open: string[] = [];
    const tags = page.replace(/<!doctype html>|<style>.*<\/style>|<meta[^>]*>|<br>/gs, "");
    for (const [, slash, name, rest] of tags.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/g)) {
      if (slash) expect(open.pop()).toBe(name);
      else if (!rest!.endsWith("/")) open.push(name!);
    }
    expect(open).toEqual([]);
  });

  it("escapes what the records say", () => {
    expect(page).toContain("кафе &amp; «бар» &lt;у дома&gt;");
    expect(page).not.toContain("<у дома>");
  });

  it("is a page even where next to nothing could be measured", () => {
    const unknown = { value: null, low: null, high: null };
    const empty = soundReport();
    empty.rankers = [
      {
        ...empty.rankers[0]!,
        ...{ leads: 0, aucWithinLead: unknown, keptAtRecall80: unknown, keptAtRecall95: unknown },
        ...{ keptAt8Of10: unknown, ndcg5: unknown, curve: [] },
        ownThreshold: { threshold: 0, kept: unknown, recall: unknown, lossless: unknown, precision: unknown },
      },
    ];
    empty.deal = { ...empty.deal, n: 0, logLoss: unknown, ece: unknown, predictedOverObserved: unknown, curve: [] };
    const nothing = pageOf({ ...empty, differences: [], recordedDeals: [], segments: [], active: null }, locale);
    expect(textOf(nothing)).not.toMatch(/undefined|null|NaN/);
    expect(nothing).toContain("—");
  });
});

it("shows the model's figures, its threshold's ground and what the gate says", () => {
  const text = textOf(pageOf(full(), "ru")).replace(/\s+/g, " ");
  expect(text).toContain("Проверка пройдена");
  expect(text).toContain("правила вручную вправе убрать 11 % свободных помещений, а эта модель — 58 %");
  expect(text).toContain("Лидов, на которых он выбран: 310. Подходящим считается предложенное и сданное");
  expect(text).toContain("Записи по 30 сентября 2026. Проверено на лидах с 27 января 2026 (всего 240)");
  const refused = soundReport();
  refused.deal.ece = { value: 0.09, low: 0.07, high: 0.11 };
  expect(textOf(pageOf(refused, "ru"))).toContain("расходится с тем, что было, в среднем на 0,090");
});

it("marks the segments that are too small to lean on", () => {
  const page = pageOf(full(), "en");
  expect(
    [...page.matchAll(/class="small"><th scope="row">(.*?)<span class="tag">few/gs)].map(([, name]) => name),
  ).toEqual(["кафе &amp; «бар» &lt;у дома&gt;", "manager 109"]);
});
