import type { RankerName } from "../baselines.ts";
import type { SegmentKind } from "../segments.ts";

export type Locale = "ru" | "en";

/** A figure of the heads that were proved, and of those that serve. */
interface ProvedAndServing {
  proved: string;
  serving: string;
}

/** Everything the page says, in one language. Numbers come in as they are written. */
export interface PageWords {
  title: string;
  meta(values: { asOf: string; from: string; leads: string; trainer: string }): string;
  unknown: string;
  interval: string;
  verdict: { passes: string; passesWhy: string; refused: string };
  tiles: {
    lossless: string;
    promised(share: string): string;
    removed: string;
    rulesRemove(share: string): string;
    recall: string;
    auc: string;
    aucMeans(of100: string): string;
  };
  rankers: Record<RankerName, { name: string; says: string }>;
  compare: {
    heading: string;
    sentence(values: { model: string; rules: string } | null): string;
    auc: string;
    kept8: string;
    legend: string;
    better(value: string, interval: string): string;
    all: string;
    columns: {
      ranker: string;
      kept80: string;
      kept95: string;
      ndcg: string;
      ownKept: string;
      ownRecall: string;
      ownLossless: string;
    };
    fewer(leads: string): string;
    active: Record<"none" | "other_features" | "unreadable" | "too_few_leads", string>;
  };
  kept: {
    heading: string;
    sentence: string;
    label: string;
    x: string;
    y: string;
    recall: string;
    lossless: string;
    rules: string;
    cut: string;
  };
  threshold: {
    heading: string;
    sentence(values: { threshold: string; alpha: string; n: string; source: string }): string;
    source: Record<"reviewed" | "offered_and_rented" | "none", string>;
    serving(threshold: string, n: string): string;
    level(values: { leads: string; kept: ProvedAndServing; chance: ProvedAndServing }): string;
    precision(share: string, interval: string): string;
  };
  deal: {
    heading: string;
    sentence: string;
    label: string;
    x: string;
    y: string;
    point(n: string, predicted: string, observed: string): string;
    none: string;
    facts: { n: string; ece: string; logLoss: string; ratio: string; calibration: string };
    calibrations: Record<string, string>;
  };
  recorded: {
    heading: string;
    sentence: string;
    original: string;
    originalSays: string;
    split: Record<"time" | "shuffled_75_25", string>;
    columns: { who: string; auc: string; f1: string; precision: string; recall: string; deals: string };
    deals(deals: string, offers: string): string;
    folds(auc: string): string;
  };
  segments: {
    heading: string;
    sentence: string;
    kind: Record<SegmentKind, string>;
    banks: Record<string, string>;
    manager(id: string): string;
    noManager: string;
    fill(wishes: string): string;
    small: string;
    columns: { name: string; leads: string; lossless: string; kept: string; recall: string; auc: string };
  };
  search: { heading: string; sentence(tried: string): string; chosen: string; open: string };
  tried: { heading: string; sentence: string; kept: string; dropped: string; name: string; verdict: string };
  made: {
    heading: string;
    sentence: string;
    parity: string;
    parityIs(ok: boolean, rows: string, difference: string): string;
    rows: string;
    rowsAre(values: { rows: string; columns: string; positives: string; deals: string }): string;
    recording: string;
    recordingIs(success: string, failure: string): string;
    seconds: string;
    seed: string;
  };
}

const ru: PageWords = {
  title: "чего она стоит",
  meta: ({ asOf, from, leads, trainer }) =>
    `Записи по ${asOf}. Проверено на лидах с ${from} (всего ${leads}): ни один из них модель при проверке ещё не видела. Обучено: ${trainer}.`,
  unknown: "не указано",
  interval: "Под числом — где оно лежит с вероятностью 95 %, если бы лиды были другими.",
  verdict: {
    passes: "Проверка пройдена",
    passesWhy:
      "Модель лучше всех базовых способов, сохраняет подходящее, не обманывает в вероятностях. Против включения ничего нет.",
    refused: "Проверка не пройдена",
  },
  tiles: {
    lossless: "Лиды, которые не теряют ни одного подходящего помещения",
    promised: (share) => `обещано не меньше ${share}`,
    removed: "Убрано свободных помещений",
    rulesRemove: (share) => `правила вручную при той же безопасности: ${share}`,
    recall: "Сохранено подходящих помещений",
    auc: "AUC внутри лида",
    aucMeans: (of100) => `подходящее стоит выше неподходящего в ${of100} случаях из 100`,
  },
  rankers: {
    candidate: { name: "Эта модель", says: "обе головы, порог выбран до проверки" },
    active: { name: "Действующая модель", says: "своими признаками и порогом" },
    logistic_regression: { name: "Логистическая регрессия", says: "те же признаки и примеры" },
    deals_only_trees: { name: "Деревья на одних сделках", says: "первоначальный замысел: успех против неуспеха" },
    hand_rules: { name: "Правила вручную", says: "площадь ±20 %, бюджет +20 %, район, берег" },
    hot_list: { name: "Горячий список менеджера", says: "что он предлагал за 90 дней" },
    random: { name: "Случайный порядок", says: "ниже некуда" },
  },
  compare: {
    heading: "Против других способов",
    sentence: (values) =>
      values === null
        ? "Каждый способ отвечал по одним и тем же лидам и видел все помещения, свободные в тот день."
        : `Чтобы 8 лидов из 10 ничего не потеряли, правила вручную вправе убрать ${values.rules} свободных помещений, а эта модель — ${values.model}. Каждый способ отвечал по одним и тем же лидам.`,
    auc: "AUC внутри лида",
    kept8: "Оставить, чтобы 8 лидов из 10 ничего не потеряли",
    legend: "Точка — значение, полоса — интервал. AUC чем правее, тем лучше; оставлено чем левее, тем лучше.",
    better: (value, interval) => `эта модель выше на ${value} (${interval})`,
    all: "Все числа",
    columns: {
      ranker: "Способ",
      kept80: "Оставить при полноте 80 %",
      kept95: "Оставить при полноте 95 %",
      ndcg: "NDCG@5 сделок",
      ownKept: "Оставлено при своём пороге",
      ownRecall: "Полнота при своём пороге",
      ownLossless: "Лиды без потерь при своём пороге",
    },
    fewer: (leads) => `лидов: ${leads}, те, что после её обучения`,
    active: {
      none: "Действующей модели при обучении не было.",
      other_features: "Действующая модель не сравнивается: она обучена на других признаках.",
      unreadable: "Действующая модель не сравнивается: её файл не читается.",
      too_few_leads: "Действующая модель не сравнивается: почти все проверочные лиды она видела при обучении.",
    },
  },
  kept: {
    heading: "Сколько теряется, если убирать больше",
    sentence:
      "Чем левее, тем строже порог и тем меньше остаётся на экране. Пунктир показывает порог этой модели: что она оставляет и чем за это платит.",
    label: "Доля сохранённого в зависимости от доли оставленных помещений",
    x: "оставлено свободных помещений",
    y: "сохранено",
    recall: "подходящие помещения",
    lossless: "лиды без потерь",
    rules: "лиды без потерь у правил вручную",
    cut: "порог модели",
  },
  threshold: {
    heading: "На чём держится порог",
    sentence: ({ threshold, alpha, n, source }) =>
      `Помещение остаётся, если его пригодность не ниже ${threshold}. Порог выбран так, чтобы что-то подходящее теряли не больше ${alpha} лидов. Лидов, на которых он выбран: ${n}. ${source}`,
    source: {
      reviewed: "Это лиды, чей список человек просмотрел целиком.",
      offered_and_rented:
        "Подходящим считается предложенное и сданное: всего, что подошло бы, записи не знают, поэтому порог взят с запасом.",
      none: "Лидов слишком мало, чтобы что-то обещать: порог оставляет всё.",
    },
    serving: (threshold, n) => `В работе порог ${threshold}: он выбран заново, вместе с проверочными лидами (${n}).`,
    level: ({ leads, kept, chance }) =>
      `Работает модель, обученная на всех записях. На тех же лидах (${leads}) она оставляет ${kept.serving} свободных помещений, проверенная оставляла ${kept.proved}; лучшим обещает сделку с вероятностью ${chance.serving}, проверенная обещала ${chance.proved}.`,
    precision: (share, interval) =>
      `Среди оставленных заведомо подходящих ${share} (${interval}). Это нижняя граница: о большинстве помещений записи не говорят, подошли бы они или нет.`,
  },
  deal: {
    heading: "Можно ли верить вероятности сделки",
    sentence:
      "Каждая точка — десятая часть предложений. На пунктире сказанное сбылось точь-в-точь; выше него сделок было больше, чем обещано.",
    label: "Предсказанная вероятность сделки и доля состоявшихся сделок",
    x: "предсказано",
    y: "состоялось",
    point: (n, predicted, observed) => `Предложений: ${n}. Предсказано ${predicted}, состоялось ${observed}`,
    none: "На проверочном отрезке нет записанных предложений: сказать нечего.",
    facts: {
      n: "Предложений",
      ece: "Среднее расхождение (ECE)",
      logLoss: "Логарифмические потери",
      ratio: "Предсказано ÷ состоялось",
      calibration: "Поправка",
    },
    calibrations: { platt: "прямая Платта", isotonic: "изотонная" },
  },
  recorded: {
    heading: "На записанных сделках, как считала первая команда",
    sentence:
      "Успех против неуспеха среди записанных сделок, при лучшем F1. Перемешанное деление 75/25 обманчиво: модель учится на сделках, которые были позже тех, о которых её спрашивают. Честно только деление по времени.",
    original: "Первая команда, CatBoost",
    originalSays: "75/25 вперемешку, на своих данных",
    split: { time: "по времени", shuffled_75_25: "75/25 вперемешку, пять частей; завышено" },
    columns: { who: "Способ", auc: "AUC", f1: "F1", precision: "Точность", recall: "Полнота", deals: "Сделок" },
    deals: (deals, offers) => `${deals} из ${offers}`,
    folds: (auc) => `AUC в среднем по пяти частям ${auc}`,
  },
  segments: {
    heading: "Где модель сильнее и слабее",
    sentence:
      "Те же лиды по частям, при пороге модели. Где лидов меньше 30, число может быть случайным: смотрите на интервал.",
    kind: {
      trade: "Чем занимается",
      bank: "Берег",
      fill: "Сколько пожеланий указано",
      manager: "Менеджер",
      year: "Год",
    },
    banks: { left: "левый", right: "правый", any: "любой" },
    manager: (id) => `менеджер ${id}`,
    noManager: "без менеджера",
    fill: (wishes) => `${wishes} из 7`,
    small: "мало",
    columns: {
      name: "Часть",
      leads: "Лидов",
      lossless: "Без потерь",
      kept: "Оставлено",
      recall: "Полнота",
      auc: "AUC внутри лида",
    },
  },
  search: {
    heading: "Как искали параметры",
    sentence: (tried) => `Попыток: ${tried}. Все сравнивались на отрезке перед проверочным.`,
    chosen: "выбрано",
    open: "Показать все попытки",
  },
  tried: {
    heading: "Какие признаки пробовали",
    sentence: "Прирост показателя с признаком против обучения без него, на отрезке перед проверочным.",
    kept: "оставлен",
    dropped: "отброшен",
    name: "Признак",
    verdict: "Решение",
  },
  made: {
    heading: "Из чего сделано",
    sentence: "То, по чему обучение можно повторить и найти ошибку.",
    parity: "Выгрузка",
    parityIs: (ok, rows, difference) =>
      `${ok ? "отвечает как обученная" : "отвечает иначе, чем обученная"}: строк ${rows}, наибольшая разница ${difference}`,
    rows: "Примеры",
    rowsAre: ({ rows, columns, positives, deals }) =>
      `строк ${rows}, столбцов ${columns}; подходящих ${positives}, из них сделок ${deals}`,
    recording: "Неполнота записей",
    recordingIs: (success, failure) =>
      `один записанный успех стоит за ${success}, один записанный неуспех — за ${failure}`,
    seconds: "Время, с",
    seed: "Зерно",
  },
};

const en: PageWords = {
  title: "what it is worth",
  meta: ({ asOf, from, leads, trainer }) =>
    `Records up to ${asOf}. Tested on the ${leads} leads from ${from} on, none of which the model had seen when it was tested. Trained by ${trainer}.`,
  unknown: "not stated",
  interval: "Below a figure: where it lies with 95% probability, had the leads been others.",
  verdict: {
    passes: "The gate is passed",
    passesWhy:
      "The model beats every baseline, keeps what suits and is honest in its probabilities. Nothing speaks against it.",
    refused: "The gate refuses it",
  },
  tiles: {
    lossless: "Leads that lose no suitable premises",
    promised: (share) => `at least ${share} is promised`,
    removed: "Free premises removed",
    rulesRemove: (share) => `hand rules, equally safe: ${share}`,
    recall: "Suitable premises kept",
    auc: "AUC within a lead",
    aucMeans: (of100) => `what suits stands above what does not ${of100} times in 100`,
  },
  rankers: {
    candidate: { name: "This model", says: "both heads, threshold chosen before the test" },
    active: { name: "The active model", says: "by its own features and threshold" },
    logistic_regression: { name: "Logistic regression", says: "the same features and examples" },
    deals_only_trees: { name: "Trees on deals alone", says: "the original plan: success against failure" },
    hand_rules: { name: "Hand rules", says: "area ±20%, budget +20%, district, bank" },
    hot_list: { name: "The manager's hot list", says: "what he offered in 90 days" },
    random: { name: "Random order", says: "nothing is lower" },
  },
  compare: {
    heading: "Against other ways",
    sentence: (values) =>
      values === null
        ? "Each was asked of the same leads, with every premises that was free that day."
        : `So that 8 leads of 10 lose nothing, hand rules may remove ${values.rules} of the free premises, this model ${values.model}. Each was asked of the same leads.`,
    auc: "AUC within a lead",
    kept8: "Kept so that 8 leads of 10 lose nothing",
    legend: "The dot is the value, the band its interval. AUC: further right is better; kept: further left.",
    better: (value, interval) => `this model is ${value} above (${interval})`,
    all: "All figures",
    columns: {
      ranker: "Way",
      kept80: "Keep at recall 80%",
      kept95: "Keep at recall 95%",
      ndcg: "NDCG@5 of deals",
      ownKept: "Kept at own threshold",
      ownRecall: "Recall at own threshold",
      ownLossless: "Leads without loss at own threshold",
    },
    fewer: (leads) => `${leads} leads, those after its training`,
    active: {
      none: "No model was active when it was trained.",
      other_features: "The active model is not compared: it was trained on other features.",
      unreadable: "The active model is not compared: its file cannot be read.",
      too_few_leads: "The active model is not compared: it had seen nearly all of the tested leads.",
    },
  },
  kept: {
    heading: "What is lost by removing more",
    sentence:
      "Further left the threshold is stricter and less stays on the screen. The dotted line is this model's threshold: what it keeps, and what that costs.",
    label: "Share saved by the share of premises kept",
    x: "free premises kept",
    y: "saved",
    recall: "suitable premises",
    lossless: "leads without loss",
    rules: "leads without loss by hand rules",
    cut: "the model's threshold",
  },
  threshold: {
    heading: "What the threshold rests on",
    sentence: ({ threshold, alpha, n, source }) =>
      `A premises stays if its suitability is at least ${threshold}. The threshold is chosen so that at most ${alpha} of the leads lose something suitable. Leads it was chosen on: ${n}. ${source}`,
    source: {
      reviewed: "A person went through the whole list of each.",
      offered_and_rented:
        "What was offered or rented counts as suitable: records do not know all that would suit, and the threshold allows for it.",
      none: "They are too few to promise anything: the threshold keeps everything.",
    },
    serving: (threshold, n) => `In use the threshold is ${threshold}: chosen anew, with the tested leads (${n}).`,
    level: ({ leads, kept, chance }) =>
      `What serves was fitted on all records. For the same leads (${leads}) it keeps ${kept.serving} of the free premises, what was proved kept ${kept.proved}; to the best it gives a chance of ${chance.serving}, what was proved gave ${chance.proved}.`,
    precision: (share, interval) =>
      `Of the kept, ${share} are known to suit (${interval}). That is a lower bound: of most premises the records do not say whether they would.`,
  },
  deal: {
    heading: "Can the probability of a deal be believed",
    sentence:
      "Each dot is a tenth of the offers. On the dashed line what was said came true exactly; above it more deals were made than promised.",
    label: "Predicted probability of a deal and share of deals made",
    x: "predicted",
    y: "came",
    point: (n, predicted, observed) => `${n} offers. Predicted ${predicted}, came ${observed}`,
    none: "The tested stretch holds no recorded offer: nothing can be said.",
    facts: {
      n: "Offers",
      ece: "Mean gap (ECE)",
      logLoss: "Log loss",
      ratio: "Predicted ÷ came",
      calibration: "Correction",
    },
    calibrations: { platt: "Platt's line", isotonic: "isotonic" },
  },
  recorded: {
    heading: "On recorded deals, as the first team counted",
    sentence:
      "Success against failure among recorded deals, at the best F1. The shuffled 75/25 split flatters: it learns from deals later than those it is asked about. Only the split by time is honest.",
    original: "The first team, CatBoost",
    originalSays: "75/25 shuffled, on their data",
    split: { time: "by time", shuffled_75_25: "75/25 shuffled, five folds; too rosy" },
    columns: { who: "Way", auc: "AUC", f1: "F1", precision: "Precision", recall: "Recall", deals: "Deals" },
    deals: (deals, offers) => `${deals} of ${offers}`,
    folds: (auc) => `mean AUC of five folds ${auc}`,
  },
  segments: {
    heading: "Where the model is stronger and weaker",
    sentence:
      "The same leads by parts, at the model's threshold. Below 30 leads a figure may be chance: look at its interval.",
    kind: { trade: "Trade", bank: "Bank", fill: "How many wishes are stated", manager: "Manager", year: "Year" },
    banks: { left: "left", right: "right", any: "any" },
    manager: (id) => `manager ${id}`,
    noManager: "no manager",
    fill: (wishes) => `${wishes} of 7`,
    small: "few",
    columns: {
      name: "Part",
      leads: "Leads",
      lossless: "Without loss",
      kept: "Kept",
      recall: "Recall",
      auc: "AUC within a lead",
    },
  },
  search: {
    heading: "How the parameters were found",
    sentence: (tried) => `${tried} were tried, all compared on the stretch before the tested one.`,
    chosen: "chosen",
    open: "Show every trial",
  },
  tried: {
    heading: "Which features were tried",
    sentence: "What the metric gains with the feature over training without it, on the stretch before the tested one.",
    kept: "kept",
    dropped: "dropped",
    name: "Feature",
    verdict: "Verdict",
  },
  made: {
    heading: "What it is made of",
    sentence: "All that repeating the training, or finding an error in it, takes.",
    parity: "Export",
    parityIs: (ok, rows, difference) =>
      `${ok ? "answers as the trained one" : "answers otherwise than the trained one"}: ${rows} rows, largest difference ${difference}`,
    rows: "Examples",
    rowsAre: ({ rows, columns, positives, deals }) =>
      `${rows} rows, ${columns} columns; ${positives} suitable, of them ${deals} deals`,
    recording: "Gaps in the records",
    recordingIs: (success, failure) => `a recorded success stands for ${success}, a recorded failure for ${failure}`,
    seconds: "Time, s",
    seed: "Seed",
  },
};

export const pageWords: Record<Locale, PageWords> = { ru, en };
