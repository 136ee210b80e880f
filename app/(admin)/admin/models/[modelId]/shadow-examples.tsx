import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import classes from "../models.module.css";
import { useModelWords } from "../use-model-words.ts";
import own from "./shadow-card.module.css";

type Example = NonNullable<RouterOutputs["shadow"]["show"]["findings"]>["examples"][number];

/** The leads whose lists would change most, each with the premises that the two models see furthest apart. */
export function ShadowExamples({ examples }: { examples: Example[] }) {
  const t = useTranslations("shadow");
  return (
    <>
      <h3 className={classes.subheading}>{t("examples")}</h3>
      {examples.length === 0 && <p className={classes.meta}>{t("examplesNone")}</p>}
      {examples.length > 0 && (
        <ul className={own.examples}>
          {examples.map((example) => (
            <Lead key={example.leadId} example={example} />
          ))}
        </ul>
      )}
    </>
  );
}

function Lead({ example }: { example: Example }) {
  const t = useTranslations("shadow");
  const { fine } = useModelWords();
  const { leadId, brand, restored, removed, activeThreshold, candidateThreshold, premises } = example;
  const board = `/leads/${encodeURIComponent(leadId)}`;
  return (
    <li className={own.lead}>
      <p className={own.leadHead}>
        <Link href={board}>{brand ?? t("nameless", { id: leadId })}</Link>
        <span className={own.sum}>
          {[restored > 0 && t("wouldRestore", { count: restored }), removed > 0 && t("wouldRemove", { count: removed })]
            .filter(Boolean)
            .join(", ")}
        </span>
      </p>
      <ul className={own.premises}>
        {premises.map(({ premisesId, name, activeSuitability, candidateSuitability }) => {
          const restores = candidateSuitability >= candidateThreshold;
          return (
            <li key={premisesId}>
              <span className={own.verdict} data-restores={restores}>
                {restores ? t("restores") : t("removes")}
              </span>
              <Link href={`${board}?open=${encodeURIComponent(premisesId)}`}>{name}</Link>
              <span className={own.numbers}>
                {t("suitability", {
                  was: fine(activeSuitability),
                  wasThreshold: fine(activeThreshold),
                  is: fine(candidateSuitability),
                  isThreshold: fine(candidateThreshold),
                })}
              </span>
            </li>
          );
        })}
      </ul>
      {restored + removed > premises.length && (
        <p className={classes.meta}>{t("more", { count: restored + removed - premises.length })}</p>
      )}
    </li>
  );
}
