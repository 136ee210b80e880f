import type { KeptDraft } from "./draft-keeper.ts";

/** The client's view of what is being written: worded at the last saving, with order, notes and names as they are by now. */
export function previewDocument({ content, shown }: KeptDraft): KeptDraft["shown"]["document"] {
  const places = new Map(shown.content.items.map((item, place) => [item.premisesId, place]));
  return {
    ...shown.document,
    greeting: content.greeting.split(/\n+/).filter((line) => line.trim() !== ""),
    contact: {
      ...shown.document.contact,
      name: content.contact.name,
      phone: content.contact.phone.trim() || null,
      email: content.contact.email.trim() || null,
    },
    premises: content.items.flatMap((item) => {
      const worded = shown.document.premises[places.get(item.premisesId) ?? -1];
      return worded ? [{ ...worded, note: item.note.trim() || null }] : [];
    }),
  };
}
