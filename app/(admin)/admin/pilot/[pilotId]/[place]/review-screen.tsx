"use client";

import { Button, Progress, SegmentedControl, Skeleton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useRef, useState } from "react";
import { useAnnounce } from "../../../../../_ui/announcer.tsx";
import { usePhysicalKeys } from "../../../../../_ui/physical-keys.ts";
import { Problem } from "../../../../../_ui/problem.tsx";
import { useFigures } from "../../../../../_ui/use-figures.ts";
import { LeadSummary } from "../../../../../(manager)/leads/lead-summary.tsx";
import { useTRPC } from "../../../../../trpc/client.tsx";
import page from "../../../../admin-page.module.css";
import { BackLink } from "../../../../back-link.tsx";
import { CaseRow } from "./case-row.tsx";
import { type CaseGroup, type Order, orderCases, orders, type PilotAnswer, type PilotLead } from "./order-cases.ts";
import classes from "./review.module.css";
import { useAnswers } from "./use-answers.ts";

/** As the server draws. */
const PLACES = 10;

/** One drawn lead, to be reviewed. */
export function ReviewScreen({ pilotId, place }: { pilotId: string; place: number }) {
  const t = useTranslations("pilot");
  const trpc = useTRPC();
  const query = useQuery(
    trpc.pilot.lead.queryOptions(
      { pilotId, place },
      { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  if (query.data) return <Review review={query.data} />;
  return (
    <div className={page.page}>
      <h1 className={page.title}>{t("review")}</h1>
      {query.isError ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} retrying={query.isFetching} />
      ) : (
        <Skeleton height={420} radius="md" mt="md" role="status" aria-label={t("loading")} />
      )}
    </div>
  );
}

const keyed: Record<string, PilotAnswer> = { Digit1: "suitable", Digit2: "unsuitable", Digit3: "unsure" };

function Review({ review }: { review: PilotLead }) {
  const t = useTranslations("pilot");
  const router = useRouter();
  const announce = useAnnounce();
  const figures = useFigures();
  const answers = useAnswers(review);
  const [order, setOrder] = useState<Order>("closeness");
  const [closed, setClosed] = useState<ReadonlySet<CaseGroup>>(new Set());
  const groups = useMemo(() => orderCases(review.cases, order), [review.cases, order]);
  const rows = groups.flatMap(({ group, cases }) => (closed.has(group) ? [] : cases));
  const [cursor, setCursor] = useState<string | null>(
    () => (rows.find(({ answer }) => answer === null) ?? rows[0])?.premisesId ?? null,
  );
  const list = useRef<HTMLDivElement>(null);
  const readOnly = review.closedBy !== null;
  const total = review.cases.length;
  const whole = `/admin/pilot/${review.pilotId}`;

  const put = (premisesId: string | undefined) => {
    if (premisesId === undefined) return;
    setCursor(premisesId);
    list.current
      ?.querySelector<HTMLElement>(`[data-case="${CSS.escape(premisesId)}"]`)
      ?.focus({ preventScroll: false });
  };
  const step = (by: 1 | -1) => {
    const at = rows.findIndex(({ premisesId }) => premisesId === cursor);
    put(rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]?.premisesId);
  };
  const answer = (premisesId: string, said: PilotAnswer) => {
    if (readOnly) return;
    const same = answers.of(premisesId) === said;
    answers.say([premisesId], same ? null : said);
    announce(same ? t("takenBack") : t(`answer.${said}`));
    if (same) return setCursor(premisesId);
    const at = rows.findIndex((one) => one.premisesId === premisesId);
    const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find((one) => answers.of(one.premisesId) === null);
    put(next?.premisesId ?? premisesId);
  };
  const restOf = (group: CaseGroup) =>
    (groups.find((one) => one.group === group)?.cases ?? []).filter((one) => answers.of(one.premisesId) === null);
  const refuseRest = (group: CaseGroup) => {
    const rest = restOf(group).map(({ premisesId }) => premisesId);
    if (readOnly || rest.length === 0) return;
    const { undo } = answers.say(rest, "unsuitable");
    const words = t("restDone", { count: rest.length });
    announce(words);
    const id = notifications.show({
      message: (
        <span className={classes.notice}>
          {words}{" "}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              undo();
              notifications.hide(id);
            }}
          >
            {t("undo")}
          </Button>
        </span>
      ),
    });
  };
  const toggle = (group: CaseGroup) => {
    const next = new Set(closed);
    if (!next.delete(group)) next.add(group);
    setClosed(next);
  };
  const instead = (deed: () => void) => (event: KeyboardEvent) => {
    event.preventDefault();
    deed();
  };
  usePhysicalKeys({
    KeyJ: instead(() => step(1)),
    KeyK: instead(() => step(-1)),
    ArrowDown: instead(() => step(1)),
    ArrowUp: instead(() => step(-1)),
    ...Object.fromEntries(
      Object.entries(keyed).map(([key, said]) => [key, instead(() => cursor !== null && answer(cursor, said))]),
    ),
    KeyR: instead(() => {
      const group = groups.find(({ cases }) => cases.some(({ premisesId }) => premisesId === cursor))?.group;
      if (group) refuseRest(group);
    }),
    "Ctrl+KeyZ": instead(() => answers.undo()),
    "Ctrl+Shift+KeyZ": instead(() => answers.redo()),
  });

  const next = review.place < PLACES ? `${whole}/${review.place + 1}` : whole;
  return (
    <div className={classes.page}>
      <BackLink href={whole}>{t("toPilot")}</BackLink>
      <h1 className={page.title}>{t("reviewOf", { place: String(review.place), places: String(PLACES) })}</h1>
      <section className={classes.lead} aria-label={t("leadCard")}>
        <LeadSummary lead={review.lead} />
        <p className={page.soft}>{t("asOf", { day: figures.day(review.asOf) })}</p>
      </section>
      {review.closedBy && <p className={page.warn}>{t(`closedMore.${review.closedBy}`)}</p>}
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t("order")}
          value={order}
          onChange={(value) => setOrder(orders.find((one) => one === value) ?? "closeness")}
          data={orders.map((value) => ({ value, label: t(`orderBy.${value}`) }))}
        />
        <span className={classes.count}>
          <Progress
            value={(100 * answers.done) / Math.max(1, total)}
            className={classes.bar}
            aria-label={t("answered")}
          />
          <span role="status">
            {t("progress", { done: answers.done, total: String(total) })}
            {answers.waiting > 0 ? `, ${t("unsaved", { count: answers.waiting })}` : ""}
          </span>
        </span>
        <Button variant={answers.done === total ? "filled" : "default"} size="xs" onClick={() => router.push(next)}>
          {review.place < PLACES ? t("nextLead") : t("toPilot")}
        </Button>
      </div>
      {!readOnly && <p className={classes.hint}>{t("keys")}</p>}
      <div ref={list}>
        {groups.map(({ group, cases }) => (
          <section key={group} className={classes.group} aria-labelledby={`group-${group}`}>
            <header className={classes.groupHead}>
              <h2 id={`group-${group}`} className={classes.groupName}>
                <button type="button" aria-expanded={!closed.has(group)} onClick={() => toggle(group)}>
                  {t(`group.${group}`)} <span className={page.soft}>{cases.length}</span>
                </button>
              </h2>
              {!readOnly && restOf(group).length > 0 && (
                <Button variant="subtle" size="compact-sm" onClick={() => refuseRest(group)}>
                  {t("rest", { count: restOf(group).length })}
                </Button>
              )}
            </header>
            {!closed.has(group) && (
              <ul className={classes.rows}>
                {cases.map((one) => (
                  <CaseRow
                    key={one.premisesId}
                    one={one}
                    said={answers.of(one.premisesId)}
                    current={cursor === one.premisesId}
                    readOnly={readOnly}
                    onAnswer={(said) => answer(one.premisesId, said)}
                    onEnter={() => setCursor(one.premisesId)}
                  />
                ))}
              </ul>
            )}
          </section>
        ))}
      </div>
    </div>
  );
}
