import { expect, test } from "vitest";
import { testDocument } from "./testing-document.ts";
import { wordMessage } from "./word-message.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("a message reads well in any messenger", () => {
  expect(plain(wordMessage(testDocument(3)))).toMatchInlineSnapshot(`
    "Здравствуйте! По вашему запросу мы подобрали помещения. Покажем любое в удобное для вас время и ответим на вопросы.

    1. Красный проспект, 25
    62,5 м² · Центральный, правый берег · этаж: 1 · отделка: выполнена
    99 000 ₽ в месяц (1 584 ₽ за м²)
    – 62,5 м² — в пределах вашего запроса 40–80 м²
    – Аренда укладывается в ваш бюджет 120 000 ₽ в месяц
    – Район, который вы просили: Центральный
    – Вода и центральная канализация
    – Рядом: супермаркет
    Витрины на проспект, отдельный вход.
    Показываем по будням с 10 до 19.

    2. ул. Кирова, 86
    62,5 м² · Октябрьский, правый берег · этаж: подвал · отделка: нет
    99 000 ₽ в месяц (1 584 ₽ за м²)

    3. Помещение
    Цена по запросу

    КП № 2026-0042
    Анна Белова
    +7 383 200-00-01
    anna@bereg.example
    Берег. Аренда помещений"
  `);
});

test("and in English", () => {
  expect(plain(wordMessage(testDocument(1, "en")))).toMatchInlineSnapshot(`
    "Hello! We have selected premises to match your request. We will gladly show you any of them at a time that suits you, and answer your questions.

    1. Красный проспект, 25
    62.5 m² · Центральный, right bank · floor: 1 · fit-out: finished
    ₽99,000 a month (₽1,584 per m²)
    – 62.5 m², as you asked (40–80 m²)
    – The rent is within your budget of ₽120,000 a month
    – The district you asked for: Центральный
    – Running water and mains sewerage
    – Next door: супермаркет
    Витрины на проспект, отдельный вход.
    Показываем по будням с 10 до 19.

    Proposal No. 2026-0042
    Анна Белова
    +7 383 200-00-01
    anna@bereg.example
    Берег. Аренда помещений"
  `);
});

test("the CRM's own name of a premises is not for clients", () => {
  expect(JSON.stringify(testDocument(3))).not.toContain("не показывать");
});
