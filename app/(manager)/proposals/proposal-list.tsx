"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconBuildingEstate, IconFileDescription, IconX } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { Hollow } from "../../_ui/hollow.tsx";
import { MoreRows } from "../../_ui/more-rows.tsx";
import rows from "../../_ui/row-link.module.css";
import { RowLink } from "../../_ui/row-link.tsx";
import { StateTag } from "../../_ui/state-tag.tsx";
import { useFigures } from "../../_ui/use-figures.ts";
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
      <MoreRows
        list={pages}
        className={rows.list}
        waiting={
          <div className={rows.list} aria-busy="true" role="status" aria-label={t("loading")}>
            {[0, 1, 2].map((row) => (
              <Skeleton key={row} height={70} radius="md" />
            ))}
          </div>
        }
        none={
          <Hollow icon={IconFileDescription} title={t("empty")} text={t("emptyMore")}>
            <Link href={leadId === null ? "/leads" : `/leads/${encodeURIComponent(leadId)}`} className="plain">
              <Button component="span" variant="default">
                {leadId === null ? t("toLeads") : t("toLead")}
              </Button>
            </Link>
          </Hollow>
        }
      >
        {proposals.map((proposal) => (
          <li key={proposal.proposalId}>
            <Row proposal={proposal} />
          </li>
        ))}
      </MoreRows>
      {naming && <FirmDialog onClose={() => setNaming(false)} />}
    </div>
  );
}

const tones = { draft: undefined, sent: "good", withdrawn: "bad" } as const;

function Row({ proposal }: { proposal: ListedProposal }) {
  const t = useTranslations("proposals");
  const one = useTranslations("proposal");
  const leads = useTranslations("leads");
  const figures = useFigures();
  return (
    <RowLink
      href={`/proposals/${proposal.proposalId}`}
      name={proposal.brand ?? leads("noBrand")}
      about={[
        proposal.number === null ? null : one("numbered", { number: proposal.number }),
        t("premises", { count: proposal.premises }),
        figures.date(proposal.createdAt),
        proposal.managerName,
      ]}
    >
      <StateTag tone={tones[proposal.state]}>{one(`state.${proposal.state}`)}</StateTag>
      {proposal.views > 0 && <span>{one("views", { count: proposal.views })}</span>}
    </RowLink>
  );
}
