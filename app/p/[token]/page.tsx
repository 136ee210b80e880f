import { IconClockOff, IconDownload } from "@tabler/icons-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { CSSProperties } from "react";
import { ProposalSheet } from "../../_ui/proposal-sheet.tsx";
import { openShared } from "../../trpc/server.tsx";
import classes from "./shared.module.css";

type Props = { params: Promise<{ token: string }> };

/** The same for every link: a title that says whose it is would be told before the token was looked at. */
export const metadata: Metadata = {
  title: { absolute: "Коммерческое предложение" },
  description: null,
  robots: { index: false, follow: false, nocache: true },
  referrer: "no-referrer",
};

/** What a client's link opens: one proposal on light paper, or whom to ask for it. No session, no menu, no ids. */
export default async function SharedPage({ params }: Props) {
  const { token } = await params;
  const shared = await openShared(token);
  if (shared === null) notFound();
  if (shared.state === "open")
    return (
      <main className={classes.page} lang={shared.document.locale}>
        <div className={classes.tools}>
          <span>{shared.words.until}</span>
          <a href={`/api/p/${token}/pdf`} className={classes.download}>
            <IconDownload size={16} stroke={1.8} aria-hidden />
            {shared.words.download}
          </a>
        </div>
        <div className={classes.paper}>
          <ProposalSheet document={shared.document} headingOrder={1} />
        </div>
      </main>
    );
  const { firm, contact, words } = shared;
  return (
    <main
      className={classes.page}
      lang={shared.locale}
      data-closed={shared.state}
      style={{ "--firm": firm.accent } as CSSProperties}
    >
      <div className={classes.closed}>
        <IconClockOff size={32} stroke={1.6} aria-hidden />
        <p className={classes.firm}>{firm.name}</p>
        <h1>{words.title}</h1>
        <p>{words.text}</p>
        <p className={classes.reach}>
          <strong>{contact.name}</strong>
          {[contact.phone ?? firm.phone, contact.email ?? firm.email].filter(Boolean).map((line) => (
            <span key={line}>{line}</span>
          ))}
        </p>
      </div>
    </main>
  );
}
