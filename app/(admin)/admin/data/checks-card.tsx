"use client";

import { Skeleton, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { Card } from "../../../_ui/card.tsx";
import { Problem } from "../../../_ui/problem.tsx";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC } from "../../../trpc/client.tsx";
import classes from "./data.module.css";
import { dataAddress } from "./data-address.ts";
import { type Check, useCheckWords } from "./use-check-words.ts";

const groups = ["implausible", "duplicates", "unlinked", "vacancies"] as const;

/** What can hardly be true in all that is stored; each number opens its rows. */
export function ChecksCard() {
  const t = useTranslations("data");
  const trpc = useTRPC();
  const checks = useQuery(trpc.data.checks.queryOptions());
  return (
    <Card id="checks" title={t("checks")}>
      <p className={classes.sentence}>{t("checksWhat")}</p>
      {checks.isPending && <Skeleton height={320} radius="md" aria-hidden />}
      {checks.isError && !checks.data && (
        <Problem error={checks.error} onRetry={() => void checks.refetch()} retrying={checks.isFetching} />
      )}
      {checks.data && (
        <div className={classes.groups}>
          {groups.map((group) => (
            <section key={group} aria-labelledby={`group-${group}`}>
              <h3 className={classes.groupTitle} id={`group-${group}`}>
                {t(`groups.${group}`)}
              </h3>
              <ul className={classes.checks}>
                {checks.data
                  .filter((check) => check.group === group)
                  .map((check) => (
                    <CheckLine key={check.check} check={check} />
                  ))}
              </ul>
            </section>
          ))}
        </div>
      )}
    </Card>
  );
}

function CheckLine({ check: { check, found, of, bounds } }: { check: Check }) {
  const words = useCheckWords()({ check, bounds });
  const t = useTranslations("data");
  const figures = useFigures();
  const [, show] = useQueryStates(dataAddress);
  const basis = (
    <span className={classes.basis}>
      {t("ofAll", { of: figures.whole(of) })}
      {found > 0 && <> · {figures.share(found / of)}</>}
    </span>
  );
  if (found === 0)
    return (
      <li className={classes.check} data-clean>
        <span className={classes.words}>{words}</span>
        <span className={classes.number}>0</span>
        {basis}
      </li>
    );
  return (
    <li>
      <UnstyledButton
        className={classes.check}
        onClick={() => void show({ check, empty: null, column: null, row: null })}
      >
        <span className={classes.words}>{words}</span>
        <span className={classes.number}>{figures.whole(found)}</span>
        {basis}
        <IconChevronRight className={classes.open} size={16} stroke={1.8} aria-hidden />
      </UnstyledButton>
    </li>
  );
}
