import type { fitOut, sewerage } from "#/db/schema/premises.ts";
import type { Locale } from "../wording.ts";

/** What a proposal says of itself, in the language of the proposal and not of the screen. */
interface DocumentWords {
  title: string;
  draft: string;
  numberOf: (number: string) => string;
  dated: (date: string) => string;
  forClient: (client: string) => string;
  greeting: string;
  facts: Record<"area" | "floor" | "district" | "fitOut" | "water" | "sewerage" | "built" | "documents", string>;
  floorOf: (floor: number) => string;
  bankOf: Record<"left" | "right", string>;
  fitOutOf: Record<(typeof fitOut.enumValues)[number], string>;
  sewerageOf: Record<(typeof sewerage.enumValues)[number], string>;
  yes: string;
  no: string;
  ready: string;
  /** Stands where the address is not known: the CRM's own name of a premises is not for clients. */
  nameless: string;
  perMonth: (rent: string) => string;
  perSqm: (rent: string) => string;
  priceOnRequest: string;
  why: string;
  contact: string;
  /** `{page}` and `{pages}` are put in by whoever knows them. */
  page: string;
  /** On the page that a client's link opens. */
  shared: {
    until: (date: string) => string;
    download: string;
    closed: Record<"expired" | "revoked" | "withdrawn", { title: string; text: string }>;
  };
}

export const documentWords: Record<Locale, DocumentWords> = {
  ru: {
    title: "Коммерческое предложение",
    draft: "Черновик",
    numberOf: (number) => `КП № ${number}`,
    dated: (date) => `от ${date}`,
    forClient: (client) => `Для: ${client}`,
    greeting:
      "Здравствуйте! По вашему запросу мы подобрали помещения. Покажем любое в удобное для вас время и ответим на вопросы.",
    facts: {
      area: "Площадь",
      floor: "Этаж",
      district: "Район",
      fitOut: "Отделка",
      water: "Вода",
      sewerage: "Канализация",
      built: "Год постройки",
      documents: "Документы",
    },
    floorOf: (floor) => (floor < 0 ? "подвал" : floor === 0 ? "цокольный" : String(floor)),
    bankOf: { left: "левый берег", right: "правый берег" },
    fitOutOf: { shell: "нет", prefinished: "под чистовую", finished: "выполнена" },
    sewerageOf: { none: "нет", temporary: "временная", mains: "центральная" },
    yes: "есть",
    no: "нет",
    ready: "готовы",
    nameless: "Помещение",
    perMonth: (rent) => `${rent} в месяц`,
    perSqm: (rent) => `${rent} за м²`,
    priceOnRequest: "Цена по запросу",
    why: "Почему подходит",
    contact: "Ваш менеджер",
    page: "Страница {page} из {pages}",
    shared: {
      until: (date) => `Ссылка открывается до ${date}`,
      download: "Скачать PDF",
      closed: {
        expired: {
          title: "Срок ссылки истёк",
          text: "Помещения могли подешеветь или уже сдаться. Напишите нам, и мы пришлём свежую подборку.",
        },
        revoked: {
          title: "Эта ссылка больше не открывается",
          text: "Мы закрыли её. Напишите нам, и мы пришлём новую.",
        },
        withdrawn: {
          title: "Предложение отозвано",
          text: "Его условия больше не действуют. Напишите нам, и мы пришлём новое.",
        },
      },
    },
  },
  en: {
    title: "Proposal",
    draft: "Draft",
    numberOf: (number) => `Proposal No. ${number}`,
    dated: (date) => `of ${date}`,
    forClient: (client) => `For: ${client}`,
    greeting:
      "Hello! We have selected premises to match your request. We will gladly show you any of them at a time that suits you, and answer your questions.",
    facts: {
      area: "Area",
      floor: "Floor",
      district: "District",
      fitOut: "Fit-out",
      water: "Water",
      sewerage: "Sewerage",
      built: "Built in",
      documents: "Documents",
    },
    floorOf: (floor) => (floor < 0 ? "basement" : floor === 0 ? "semi-basement" : String(floor)),
    bankOf: { left: "left bank", right: "right bank" },
    fitOutOf: { shell: "none", prefinished: "ready for finishing", finished: "finished" },
    sewerageOf: { none: "none", temporary: "temporary", mains: "mains" },
    yes: "yes",
    no: "no",
    ready: "ready",
    nameless: "Premises",
    perMonth: (rent) => `${rent} a month`,
    perSqm: (rent) => `${rent} per m²`,
    priceOnRequest: "Price on request",
    why: "Why it suits",
    contact: "Your manager",
    page: "Page {page} of {pages}",
    shared: {
      until: (date) => `This link works until ${date}`,
      download: "Download PDF",
      closed: {
        expired: {
          title: "This link has expired",
          text: "Rents may have changed, or premises may have been let. Write to us, and we will send you a fresh choice.",
        },
        revoked: {
          title: "This link no longer works",
          text: "We have closed it. Write to us, and we will send you a new one.",
        },
        withdrawn: {
          title: "The proposal has been withdrawn",
          text: "Its terms no longer apply. Write to us, and we will send you a new one.",
        },
      },
    },
  },
};
