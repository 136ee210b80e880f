import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../../_ui/card.tsx";
import { useFigures } from "../../../../_ui/use-figures.ts";
import page from "../../../admin-page.module.css";
import classes from "../pilot.module.css";

type Pilot = RouterOutputs["pilot"]["show"];

/** A reviewer who calls fewer of the kept suitable than this may have called everything unsuitable. */
const BLIND_SUITABLE_LOW = 0.2;

/** What a pilot came to, and how far it can be believed. */
export function VerdictCard({
  verdict,
  cumulative,
}: {
  verdict: NonNullable<Pilot["verdict"]>;
  cumulative: Pilot["cumulative"];
}) {
  const t = useTranslations("pilot");
  const figures = useFigures();
  const share = (value: number) => figures.percentOf(value, 1);
  const blindLow = verdict.blind > 0 && verdict.blindSuitable < BLIND_SUITABLE_LOW * verdict.blind;
  const lostShare = verdict.lost === 0 ? 0 : verdict.lost / verdict.suitableEstimate;
  const suitable = Math.round(verdict.suitableEstimate);
  return (
    <div className={classes.first}>
      <Card id="verdict" title={t("verdict")}>
        <p className={classes.verdict}>
          <span className={classes.big} data-passed={verdict.passed}>
            {t("ofTen", { lossless: String(verdict.lossless), leads: String(verdict.leads) })}
          </span>
          <span>{t("losslessLeads")}</span>
        </p>
        <dl className={classes.facts}>
          <dt>{t("intervalName")}</dt>
          <dd>{t("interval", { low: share(verdict.low), high: share(verdict.high) })}</dd>
          {cumulative && cumulative.leads > verdict.leads && (
            <>
              <dt>{t("allWeeksName")}</dt>
              <dd>
                {t("ofTen", { lossless: String(cumulative.lossless), leads: String(cumulative.leads) })},{" "}
                {t("interval", { low: share(cumulative.low), high: share(cumulative.high) })}
              </dd>
            </>
          )}
          <dt>{t("secondName")}</dt>
          <dd>
            {t(verdict.secondPassed ? "secondPassed" : "secondFailed", {
              lost: verdict.lost,
              suitable: String(suitable),
              share: lostShare > 0 && lostShare < 0.005 ? figures.percent(lostShare) : share(lostShare),
            })}
          </dd>
          <dt>{t("blindName")}</dt>
          <dd>{t("blind", { suitable: verdict.blindSuitable, blind: String(verdict.blind) })}</dd>
          <dt>{t("unsureName")}</dt>
          <dd>{figures.whole(verdict.unsure)}</dd>
          <dt>{t("decidedName")}</dt>
          <dd>{figures.moment(verdict.decidedAt)}</dd>
        </dl>
        {blindLow && <p className={page.warn}>{t("blindLow")}</p>}
      </Card>
    </div>
  );
}
