"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconBuildingEstate, IconFileDescription, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { Hollow } from "../../_ui/hollow.tsx";
import { Problem } from "../../_ui/problem.tsx";
import { useTRPCClient } from "../../trpc/client.tsx";
import { FirmDialog } from "./firm-dialog.tsx";
import type { ListedProposal } from "./proposal-answers.ts";
import classes from "./proposal-list.module.css";
import { leadParser, proposalPages } from "./proposal-pages.ts";

/** What was drafted and sent: by everybody whom the reader sees, or to one lead. */
export function ProposalList({ mayNameFirm }: { mayNameFirm: boolean }) {
  const t = useTranslations("proposals");
  const client = useTRPCClient();
  const [naming, setNaming] = useState(false);
  const [leadId, setLeadId] = useQueryState("lead", leadParser);
  const pages = useInfiniteQuery(proposalPages(leadId, (input) => client.proposals.list.query(input)));
  const proposals = pages.data?.pages.flatMap((page) => page.proposals) ?? [];
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <h1 className={classes.title}>{leadId === null ? t("title") : t("titleOfLead", { leadId })}</h1>
        {leadId !== null && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            leftSection={<IconX size={15} stroke={1.8} aria-hidden />}
            onClick={() => void setLeadId(null)}
          >
            {t("all")}
          </Button>
        )}
        {mayNameFirm && (
          <Button
            className={classes.firm}
            variant="default"
            size="compact-sm"
            leftSection={<IconBuildingEstate size={16} stroke={1.8} aria-hidden />}
            onClick={() => setNaming(true)}
          >
            {t("firm")}
          </Button>
        )}
      </header>
      {pages.isPending && (
        <div className={classes.list} aria-busy="true" role="status" aria-label={t("loading")}>
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} height={74} radius="md" />
          ))}
        </div>
      )}
      {pages.isError && proposals.length === 0 && (
        <Problem error={pages.error} onRetry={() => void pages.refetch()} retrying={pages.isFetching} />
      )}
      {pages.isSuccess && proposals.length === 0 && (
        <Hollow icon={IconFileDescription} title={t("empty")} text={t("emptyMore")}>
          <Link href={leadId === null ? "/leads" : `/leads/${encodeURIComponent(leadId)}`} className="plain">
            <Button component="span" variant="default">
              {leadId === null ? t("toLeads") : t("toLead")}
            </Button>
          </Link>
        </Hollow>
      )}
      {proposals.length > 0 && (
        <ol className={classes.list}>
          {proposals.map((proposal) => (
            <li key={proposal.proposalId}>
              <Row proposal={proposal} />
            </li>
          ))}
        </ol>
      )}
      {naming && <FirmDialog onClose={() => setNaming(false)} />}
      {pages.hasNextPage && (
        <Button
          variant="default"
          className={classes.more}
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("more")}
        </Button>
      )}
    </div>
  );
}

function Row({ proposal }: { proposal: ListedProposal }) {
  const t = useTranslations("proposals");
  const one = useTranslations("proposal");
  const leads = useTranslations("leads");
  const format = useFormatter();
  return (
    <Link href={`/proposals/${proposal.proposalId}`} className={classes.row}>
      <span className={classes.main}>
        <span className={classes.name}>{proposal.brand ?? leads("noBrand")}</span>
        <span className={classes.soft}>
          {[
            proposal.number === null ? null : one("numbered", { number: proposal.number }),
            t("premises", { count: proposal.premises }),
            format.dateTime(proposal.createdAt, { day: "numeric", month: "long", year: "numeric" }),
            proposal.managerName,
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      </span>
      <span className={classes.side}>
        <span className={classes.state} data-state={proposal.state}>
          {one(`state.${proposal.state}`)}
        </span>
        {proposal.views > 0 && <span className={classes.soft}>{one("views", { count: proposal.views })}</span>}
      </span>
    </Link>
  );
}
