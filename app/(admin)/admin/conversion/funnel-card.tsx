import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { Card } from "../../../_ui/card.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { WideTable } from "../../../_ui/wide-table.tsx";
import page from "../../admin-page.module.css";
import { ShareValue } from "../../share-value.tsx";
import classes from "./conversion.module.css";

/** How far the leads of the span came: at each stage how many, of all that came and of those at the stage before. */
export function FunnelCard({ stages, young }: RouterOutputs["reports"]["funnelByStage"]) {
  const t = useTranslations("conversion");
  const reports = useTranslations("reports");
  const figures = useFigures();
  return (
    <Card id="funnel" title={t("funnel")}>
      {stages.length === 0 ? (
        <p className={page.soft}>{t("empty")}</p>
      ) : (
        <>
          <WideTable label={`${t("funnel")}: ${reports("asTable")}`}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t("stage")}</th>
                  <th scope="col">{t("of.dealt")}</th>
                  <th scope="col">{t("ofCame")}</th>
                  <th scope="col">{t("ofPrevious")}</th>
                </tr>
              </thead>
              <tbody>
                {stages.map(({ stage, ofCame, ofPrevious }) => (
                  <tr key={stage}>
                    <th scope="row">
                      {t(`stages.${stage}`)}
                      <span className={classes.bar} aria-hidden>
                        <span style={{ width: `${(ofCame.share ?? 0) * 100}%` }} />
                      </span>
                    </th>
                    <td>{figures.whole(ofCame.hits)}</td>
                    <td>{ofPrevious && <ShareValue value={ofCame} />}</td>
                    <td>{ofPrevious && <ShareValue value={ofPrevious} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </WideTable>
          <p className={classes.counted}>
            {t("funnelCounted")} {young > 0 && t("funnelYoung", { count: young })}
          </p>
        </>
      )}
    </Card>
  );
}
