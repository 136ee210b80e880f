import type { ProposalDocument } from "./describe-document.ts";

/** A proposal as plain text for a messenger: short lines, no markup that one messenger knows and another shows. */
export function wordMessage(document: ProposalDocument): string {
  const { contact, firm } = document;
  const blocks = document.premises.map((one, i) =>
    [
      `${i + 1}. ${one.title}`,
      [one.area, one.location, ...one.facts.slice(0, 2).map(({ name, value }) => `${name.toLowerCase()}: ${value}`)]
        .filter(Boolean)
        .join(" · "),
      one.price.perSqm === null ? one.price.month : `${one.price.month} (${one.price.perSqm})`,
      ...one.reasons.map((reason) => `– ${reason}`),
      one.note,
    ]
      .filter(Boolean)
      .join("\n"),
  );
  const signature = [contact.name, contact.phone, contact.email, firm.name].filter(Boolean).join("\n");
  return [document.greeting.join("\n"), ...blocks, [document.number, signature].filter(Boolean).join("\n")]
    .filter((block) => block !== "")
    .join("\n\n");
}
