import { IconCheck } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import type { ProposalDocument } from "#/server/proposals/describe-document.ts";
import classes from "./proposal-sheet.module.css";

/** A proposal as its client sees it: light paper in every theme, on the screen as in print. All words come worded. */
export function ProposalSheet({ document, headingOrder }: { document: ProposalDocument; headingOrder: 1 | 2 }) {
  const { firm, contact } = document;
  const Title = headingOrder === 1 ? "h1" : "h2";
  const Name = headingOrder === 1 ? "h2" : "h3";
  return (
    <article className={classes.sheet} lang={document.locale} style={{ "--firm": firm.accent } as CSSProperties}>
      <header className={classes.firm}>
        <p className={classes.firmName}>{firm.name}</p>
        <p className={classes.reach}>
          {firm.phone !== null && <a href={telephone(firm.phone)}>{firm.phone}</a>}
          {firm.email !== null && <a href={`mailto:${firm.email}`}>{firm.email}</a>}
        </p>
      </header>
      <Title className={classes.title}>{document.title}</Title>
      <p className={classes.number}>
        <span>{[document.number, document.dated].filter(Boolean).join(" ")}</span>
        {document.client !== null && <span>{document.client}</span>}
      </p>
      {document.greeting.map((paragraph) => (
        <p key={paragraph} className={classes.greeting}>
          {paragraph}
        </p>
      ))}
      <ol className={classes.list}>
        {document.premises.map((one, place) => (
          // The document knows no ids: a premises is its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <li key={place} className={classes.premises}>
            <div className={classes.head}>
              <span className={classes.place} aria-hidden>
                {place + 1}
              </span>
              <div className={classes.names}>
                <Name className={classes.name}>{one.title}</Name>
                <p className={classes.location}>{[one.area, one.location].filter(Boolean).join(" · ")}</p>
              </div>
              <p className={classes.price}>
                <strong>{one.price.month}</strong>
                {one.price.perSqm !== null && <span>{one.price.perSqm}</span>}
              </p>
            </div>
            {one.facts.length > 0 && (
              <dl className={classes.facts}>
                {one.facts.map((fact) => (
                  <div key={fact.name}>
                    <dt>{fact.name}</dt>
                    <dd>{fact.value}</dd>
                  </div>
                ))}
              </dl>
            )}
            {one.reasons.length > 0 && (
              <>
                <p className={classes.why}>{document.labels.why}</p>
                <ul className={classes.reasons}>
                  {one.reasons.map((reason) => (
                    <li key={reason}>
                      <IconCheck size={16} stroke={2.4} aria-hidden />
                      <span>{reason}</span>
                    </li>
                  ))}
                </ul>
              </>
            )}
            {one.note !== null && <p className={classes.note}>{one.note}</p>}
          </li>
        ))}
      </ol>
      <footer className={classes.foot}>
        <div>
          <p className={classes.soft}>{contact.title}</p>
          <p className={classes.contactName}>{contact.name}</p>
          <p className={classes.contactReach}>
            {contact.phone !== null && <a href={telephone(contact.phone)}>{contact.phone}</a>}
            {contact.email !== null && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
          </p>
        </div>
        {firm.requisites !== null && <p className={classes.requisites}>{firm.requisites}</p>}
      </footer>
    </article>
  );
}

function telephone(number: string): string {
  return `tel:${number.replaceAll(/[^\d+]/g, "")}`;
}
