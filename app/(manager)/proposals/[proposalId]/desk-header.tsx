import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { BackArrow } from "../../../_ui/back-arrow.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import classes from "./desk.module.css";

/** Whose proposal it is and what can be done with it. */
export function DeskHeader(props: { view: ProposalView; status: ReactNode; children: ReactNode }) {
  const { view } = props;
  const t = useTranslations("proposal");
  const leads = useTranslations("leads");
  return (
    <header className={classes.header}>
      <BackArrow href={`/leads/${encodeURIComponent(view.leadId)}`} label={t("toLead")} />
      <div className={classes.names}>
        <h1 className={classes.title}>
          {view.sending ? t("numbered", { number: view.sending.number }) : t("draftTitle")}
          <span className={classes.brand}>
            {view.brand ?? `${leads("noBrand")} ${leads("numbered", { id: view.leadId })}`}
          </span>
        </h1>
        <div className={classes.status}>{props.status}</div>
      </div>
      <div className={classes.deeds}>{props.children}</div>
    </header>
  );
}
