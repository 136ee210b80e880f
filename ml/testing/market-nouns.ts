import type { Bank } from "../facts.ts";

/** A district of the made market: its place on a plane (km from the centre), its price level, its streets. */
export interface District {
  name: string;
  bank: Bank;
  xKm: number;
  yKm: number;
  priceLevel: number;
  /** How much of the stock and of the demand is there. */
  weight: number;
  streets: readonly string[];
}

/** Streets are Novosibirsk's; which house stands where, and at which rent, is made up. */
export const districts: readonly District[] = [
  {
    ...{ name: "Центральный", bank: "right", xKm: 0.2, yKm: 0.4, priceLevel: 1.55, weight: 1.3 },
    streets: ["Красный проспект", "ул. Советская", "ул. Серебренниковская", "ул. Фрунзе", "ул. Потанинская"],
  },
  {
    ...{ name: "Железнодорожный", bank: "right", xKm: -1.7, yKm: 0.9, priceLevel: 1.3, weight: 0.9 },
    streets: ["ул. Ленина", "Вокзальная магистраль", "ул. Челюскинцев", "ул. Урицкого", "ул. Сибирская"],
  },
  {
    ...{ name: "Заельцовский", bank: "right", xKm: -1.4, yKm: 4.8, priceLevel: 1.15, weight: 1.1 },
    streets: ["ул. Дуси Ковальчук", "ул. Жуковского", "ул. Кропоткина", "ул. Северная", "ул. Рельсовая"],
  },
  {
    ...{ name: "Дзержинский", bank: "right", xKm: 4.6, yKm: 3.1, priceLevel: 0.92, weight: 1 },
    streets: ["проспект Дзержинского", "ул. Гоголя", "ул. Трикотажная", "ул. Авиастроителей", "ул. Учительская"],
  },
  {
    ...{ name: "Калининский", bank: "right", xKm: 2.6, yKm: 7.6, priceLevel: 0.88, weight: 1 },
    streets: ["ул. Богдана Хмельницкого", "ул. Народная", "ул. Объединения", "ул. Кочубея", "ул. Тюленина"],
  },
  {
    ...{ name: "Октябрьский", bank: "right", xKm: 3.6, yKm: -2.4, priceLevel: 1.1, weight: 1.1 },
    streets: ["ул. Кирова", "ул. Бориса Богаткова", "ул. Никитина", "ул. Большевистская", "ул. Выборная"],
  },
  {
    ...{ name: "Первомайский", bank: "right", xKm: 8.4, yKm: -8.2, priceLevel: 0.66, weight: 0.6 },
    streets: ["ул. Первомайская", "ул. Маяковского", "ул. Шмидта", "ул. Эйхе", "ул. Героев Революции"],
  },
  {
    ...{ name: "Советский", bank: "right", xKm: 11, yKm: -19.5, priceLevel: 1.02, weight: 0.8 },
    streets: ["Морской проспект", "ул. Ильича", "ул. Кутателадзе", "ул. Арбузова", "ул. Жемчужная"],
  },
  {
    ...{ name: "Ленинский", bank: "left", xKm: -5.6, yKm: -2.7, priceLevel: 0.96, weight: 1.4 },
    streets: ["проспект Карла Маркса", "ул. Ватутина", "ул. Станиславского", "ул. Титова", "ул. Блюхера"],
  },
  {
    ...{ name: "Кировский", bank: "left", xKm: -4.1, yKm: -7.7, priceLevel: 0.78, weight: 1 },
    streets: ["ул. Петухова", "ул. Сибиряков-Гвардейцев", "ул. Зорге", "ул. Беловежская", "ул. Тюменская"],
  },
];

/** A line of business, with what it truly needs. Penalties are in the units of `fit`. */
export interface Trade {
  name: string;
  weight: number;
  areaSqm: number;
  /** Spread of log area among such tenants. */
  areaSpread: number;
  /** Rent per m² it bears, as a multiple of the market's. */
  priceLevel: number;
  /** What a basement and an upper floor cost it. */
  basement: number;
  upperFloor: number;
  /** 0 does without, 1 cannot work without water and sewerage. */
  water: number;
  /** What bare walls cost it. */
  shell: number;
  /** Draws people for its neighbours; others gain from one. */
  anchor: boolean;
  gainsFromAnchor: number;
  hurtByRival: number;
}

const trade = (
  name: string,
  [weight, areaSqm, areaSpread, priceLevel]: [number, number, number, number],
  [basement, upperFloor, water, shell]: [number, number, number, number],
  [anchor, gainsFromAnchor, hurtByRival]: [boolean, number, number],
): Trade => ({
  ...{ name, weight, areaSqm, areaSpread, priceLevel, basement, upperFloor, water, shell },
  ...{ anchor, gainsFromAnchor, hurtByRival },
});

/** name, [share, m², spread of log m², price level], [basement, upper floor, water, bare walls], [anchor, gain, rival] */
export const trades: readonly Trade[] = [
  trade("кофейня", [8, 28, 0.4, 1.35], [2.2, 1.8, 1, 0.4], [false, 0.6, 1.2]),
  trade("пекарня", [8, 55, 0.4, 1.1], [1.8, 2, 1, 0.2], [false, 0.7, 1.1]),
  trade("пункт выдачи", [10, 45, 0.35, 0.85], [0.5, 1.4, 0, 0.8], [false, 0.3, 0.6]),
  trade("салон красоты", [7, 65, 0.45, 1], [1.2, 0.4, 0.9, 0.9], [false, 0.3, 0.8]),
  trade("барбершоп", [5, 40, 0.35, 1.05], [0.7, 0.7, 0.8, 0.9], [false, 0.2, 0.7]),
  trade("аптека", [5, 75, 0.35, 1.25], [2.4, 2.2, 0.5, 0.3], [false, 0.8, 1.3]),
  trade("цветы", [5, 22, 0.4, 1.2], [1.8, 1.9, 0.4, 0.7], [false, 0.7, 0.9]),
  trade("продукты", [4, 130, 0.5, 0.9], [1.4, 2.2, 0.6, 0], [false, -0.4, 1.3]),
  trade("супермаркет", [2.5, 480, 0.4, 0.75], [1.6, 2.3, 0.9, -0.3], [true, 0, 1.6]),
  trade("разливные напитки", [5, 60, 0.35, 0.95], [0.4, 2, 0.5, 0.2], [false, 0.6, 0.8]),
  trade("кафе", [6, 140, 0.5, 1.05], [1, 0.8, 1, 0.1], [false, 0.4, 0.5]),
  trade("столовая", [3, 180, 0.45, 0.8], [0.2, 0.6, 1, 0.3], [false, 0.1, 0.6]),
  trade("стоматология", [4, 110, 0.4, 1.05], [2.3, 0.5, 1, 0.1], [false, 0.1, 0.9]),
  trade("медицинский центр", [3, 230, 0.5, 0.95], [2.5, 0.2, 1, 0], [false, 0, 0.5]),
  trade("фитнес", [3, 520, 0.5, 0.65], [-0.2, -0.2, 0.8, -0.2], [true, 0, 0.9]),
  trade("детский центр", [4, 150, 0.45, 0.75], [2.6, 0.1, 0.8, 0.9], [false, 0.1, 0.6]),
  trade("одежда", [5, 95, 0.5, 1.1], [1.1, 0.5, 0, 0.9], [false, 0.6, -0.2]),
  trade("зоотовары", [4, 70, 0.4, 0.9], [0.5, 1.3, 0.2, 0.4], [false, 0.6, 0.8]),
  trade("салон связи", [3, 30, 0.35, 1.3], [2.5, 2.3, 0, 0.8], [false, 0.8, 0.4]),
  trade("банк", [2, 160, 0.45, 1.45], [3, 2, 0.5, -0.2], [true, 0, 0.2]),
  trade("офис", [8, 60, 0.6, 0.8], [0.6, -0.4, 0.3, 1.1], [false, -0.1, -0.1]),
  trade("мастерская и ремонт", [5, 30, 0.45, 0.75], [-0.1, 0.9, 0.1, 0.4], [false, 0.4, 0.5]),
  trade("склад", [4, 320, 0.6, 0.45], [-0.7, 1.6, 0, -0.6], [false, 0, -0.1]),
  trade("мебель", [3, 350, 0.5, 0.6], [0.1, 0.2, 0, 0.2], [true, 0.1, -0.3]),
];

export const sources = ["сайт", "звонок", "Циан", "Авито", "рекомендация", "холодный обзвон", "баннер"] as const;

export type Gender = "male" | "female";

export const givenNames: Readonly<Record<Gender, readonly string[]>> = {
  male: [
    ...["Алексей", "Андрей", "Артём", "Борис", "Вадим", "Виктор", "Глеб", "Денис", "Дмитрий", "Егор", "Иван"],
    ...["Илья", "Кирилл", "Константин", "Максим", "Михаил", "Никита", "Павел", "Роман", "Сергей", "Степан", "Юрий"],
  ],
  female: [
    ...["Алина", "Анна", "Валерия", "Вера", "Галина", "Дарья", "Екатерина", "Елена", "Ирина", "Ксения", "Лариса"],
    ...["Мария", "Марина", "Надежда", "Наталья", "Ольга", "Полина", "Светлана", "София", "Татьяна", "Юлия", "Яна"],
  ],
};

/** Masculine forms; the feminine adds «а». */
export const familyNames = [
  ...["Абрамов", "Баранов", "Белов", "Воронцов", "Гаврилов", "Горбунов", "Гусев", "Данилов", "Дёмин", "Ежов"],
  ...["Ершов", "Журавлёв", "Зимин", "Зуев", "Калинин", "Карпов", "Ковалёв", "Комаров", "Кудрявцев", "Лаптев"],
  ...["Лебедев", "Логинов", "Макаров", "Медведев", "Мухин", "Назаров", "Носов", "Осипов", "Панов", "Пестов"],
  ...["Рогов", "Рябов", "Савельев", "Сафронов", "Соболев", "Тарасов", "Титов", "Уваров", "Фадеев", "Харитонов"],
  ...["Цветков", "Чернов", "Шестаков", "Шилов", "Щукин", "Юдин", "Яковлев", "Якушев"],
] as const;

/** Adjectives as masculine and feminine, nouns with their gender: made-up brands agree in gender. */
export const brandAdjectives: readonly (readonly [string, string])[] = [
  ...([
    ["Медный", "Медная"],
    ["Тихий", "Тихая"],
    ["Синий", "Синяя"],
    ["Зимний", "Зимняя"],
  ] as const),
  ...([
    ["Пёстрый", "Пёстрая"],
    ["Лунный", "Лунная"],
    ["Хвойный", "Хвойная"],
    ["Янтарный", "Янтарная"],
  ] as const),
  ...([
    ["Быстрый", "Быстрая"],
    ["Лесной", "Лесная"],
    ["Речной", "Речная"],
    ["Добрый", "Добрая"],
  ] as const),
  ...([
    ["Утренний", "Утренняя"],
    ["Степной", "Степная"],
    ["Звонкий", "Звонкая"],
    ["Ясный", "Ясная"],
  ] as const),
  ...([
    ["Рыжий", "Рыжая"],
    ["Снежный", "Снежная"],
    ["Мятный", "Мятная"],
    ["Дальний", "Дальняя"],
  ] as const),
];

export const brandNouns: readonly (readonly [string, Gender])[] = [
  ...([
    ["лось", "male"],
    ["сова", "female"],
    ["кедр", "male"],
    ["искра", "female"],
    ["бобёр", "male"],
  ] as const),
  ...([
    ["лодка", "female"],
    ["фонарь", "male"],
    ["белка", "female"],
    ["причал", "male"],
    ["роща", "female"],
  ] as const),
  ...([
    ["чайник", "male"],
    ["сойка", "female"],
    ["якорь", "male"],
    ["тропа", "female"],
    ["глобус", "male"],
  ] as const),
  ...([
    ["калина", "female"],
    ["ёж", "male"],
    ["волна", "female"],
    ["парус", "male"],
    ["гавань", "female"],
  ] as const),
];
