import type { PageWords } from "./words.ts";

export const english: PageWords = {
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
