import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "#/server/trpc/root.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import classes from "./audit.module.css";
import { useAuditWords } from "./use-audit-words.ts";

type Line = RouterOutputs["audit"]["search"]["lines"][number];

/** Where things that lines are about can be looked at. */
const pages: Record<string, (id: string) => string> = {
  lead: (id) => `/leads/${id}`,
  import: (id) => `/admin/imports/${id}`,
  model: (id) => `/admin/models/${id}`,
  proposal: (id) => `/proposals/${id}`,
  pilot: (id) => `/admin/pilot/${id}`,
};

/** The page of what a line is about; undefined: it has none. */
function pageOf({ subject, named }: Line): string | undefined {
  const [kind = "", id = ""] = subject.split(/:(.*)/s, 2);
  if (named?.lead && named.premisesId !== null)
    return `/leads/${encodeURIComponent(named.lead.leadId)}?open=${encodeURIComponent(named.premisesId)}`;
  return pages[kind]?.(encodeURIComponent(id));
}

/** One deed: when, who, what, to what; the rest of what is known opens below. */
export function AuditLine({ line }: { line: Line }) {
  const t = useTranslations("admin.audit");
  const figures = useFigures();
  const words = useAuditWords();
  const page = pageOf(line);
  const deed = words.deed(line);
  const subject = words.subject(line);
  const detail = Object.keys(line.detail).length > 0;
  return (
    <li className={classes.row}>
      <time className={classes.when} dateTime={line.at.toISOString()}>
        {figures.moment(line.at)}
      </time>
      <span className={classes.who}>{words.actor(line)}</span>
      <span className={classes.deed}>
        {deed === null ? words.action(line.action) : `${words.action(line.action)}: ${deed}`}{" "}
        {page === undefined ? (
          <span className={classes.subject}>{subject}</span>
        ) : (
          <Link className={classes.subject} prefetch={false} href={page}>
            {subject}
          </Link>
        )}
      </span>
      <details className={classes.details}>
        <summary>{t("detail")}</summary>
        <p className={classes.facts}>
          <span>{line.actor}</span>
          <span>{line.action}</span>
          <span>{line.subject}</span>
          <span>{line.place === null ? t("noPlace") : t("place", { place: String(line.place) })}</span>
        </p>
        {detail && <pre className={classes.detail}>{JSON.stringify(line.detail, null, 2)}</pre>}
      </details>
    </li>
  );
}
