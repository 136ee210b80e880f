"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyButton } from "../../../_ui/copy-button.tsx";
import { readProblem } from "../../../_ui/read-problem.ts";
import { useFigures } from "../../../_ui/use-figures.ts";
import { useTRPC, useTRPCClient } from "../../../trpc/client.tsx";
import type { ProposalView } from "../proposal-answers.ts";
import classes from "./desk.module.css";

const spans = [3, 7, 14, 30, 90];

/** Links for the client: made here, counted, and closed here. The address itself is shown once: we do not keep it. */
export function ShareCard(props: {
  view: ProposalView;
  address: string | null;
  onAddress: (address: string | null) => void;
}) {
  const { view, address } = props;
  const t = useTranslations("proposal");
  const problem = useTranslations("problem");
  const figures = useFigures();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [days, setDays] = useState(14);
  const [latest, setLatest] = useState<string | null>(null);
  const { proposalId } = view;
  const refresh = () =>
    queries.invalidateQueries({ queryKey: trpc.proposals.get.queryKey({ proposalId: view.proposalId }) });
  const share = useMutation({
    mutationFn: () => client.proposals.share.mutate({ proposalId, days }),
    onSuccess: async ({ token, linkId }) => {
      props.onAddress(`${window.location.origin}/p/${token}`);
      setLatest(linkId);
      await refresh();
    },
  });
  const revoke = useMutation({
    mutationFn: (linkId: string) => client.proposals.revokeLink.mutate({ proposalId, linkId }),
    onSuccess: async (_, linkId) => {
      if (linkId === latest) props.onAddress(null);
      await refresh();
    },
  });
  const failed = share.error ?? revoke.error;

  return (
    <section className={classes.card} aria-labelledby="proposal-link">
      <h2 id="proposal-link">{t("link")}</h2>
      {view.state === "sent" && (
        <>
          <p className={classes.said}>{t("linkMore")}</p>
          <div className={classes.rowDeeds}>
            <NativeSelect
              aria-label={t("linkSpan")}
              value={String(days)}
              onChange={(event) => setDays(Number(event.currentTarget.value))}
              data={spans.map((span) => ({ value: String(span), label: t("days", { count: span }) }))}
            />
            <Button
              leftSection={<IconLink size={17} stroke={1.7} aria-hidden />}
              loading={share.isPending}
              onClick={() => share.mutate()}
            >
              {t("linkMake")}
            </Button>
          </div>
        </>
      )}
      {address !== null && (
        <div className={classes.address}>
          <TextInput
            readOnly
            label={t("linkAddress")}
            description={t("linkOnce")}
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton text={address} label={t("copyLink")} />
        </div>
      )}
      {failed && (
        <p role="alert" className={classes.refused}>
          {readProblem(failed).message || problem("offline")}
        </p>
      )}
      {view.links.length > 0 && (
        <ul className={classes.links}>
          {view.links.map((link) => (
            <li key={link.linkId} data-state={link.state}>
              <span>
                {link.state === "open"
                  ? t("linkOpen", { day: figures.date(link.expiresAt) })
                  : t(link.state === "expired" ? "linkExpired" : "linkRevoked")}
                <small>
                  {t("views", { count: link.views })}
                  {link.lastViewedAt !== null && (
                    <>
                      {" "}
                      ·{" "}
                      {t("lastView", {
                        moment: figures.moment(link.lastViewedAt),
                      })}
                    </>
                  )}
                </small>
              </span>
              {link.state === "open" && view.writable && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  loading={revoke.isPending && revoke.variables === link.linkId}
                  aria-label={t("linkRevokeOf", { day: figures.date(link.createdAt) })}
                  onClick={() => revoke.mutate(link.linkId)}
                >
                  {t("linkRevoke")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
