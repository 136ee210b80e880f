import { hash, verify } from "@node-rs/argon2";
import { AppError } from "../errors.ts";

/** OWASP's floor for argon2id; about 50 ms on one core. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a random secret that nobody kept: verified against where no account is, so that the answer takes as long. */
const dummyHash = "$argon2id$v=19$m=19456,t=2,p=1$vAbhzZ3SPv14nZA4G8+ccg$C37vHm1HghRmitx0SJzmvhPjiCEwcf44whEkJjfVFTM";

const LENGTH_MIN = 12;
const LENGTH_MAX = 256;

/** Refuses a password that may not be set: a short one, one of few different characters, one that holds the account's name. */
export function assertGoodPassword(password: string, email: string): void {
  const normal = password.normalize("NFC");
  const name = email.split("@")[0]!.toLowerCase();
  if ([...normal].length < LENGTH_MIN || normal.length > LENGTH_MAX)
    throw poor(
      `должен быть от ${LENGTH_MIN} до ${LENGTH_MAX} знаков`,
      `must have ${LENGTH_MIN} to ${LENGTH_MAX} characters`,
    );
  if (new Set(normal).size < 5)
    throw poor("должен быть хотя бы из пяти разных знаков", "must have at least five different characters");
  if (name.length > 2 && normal.toLowerCase().includes(name))
    throw poor("не должен содержать имя из почты", "must not hold the name in the e-mail address");
}

function poor(ru: string, en: string): AppError {
  return new AppError("invalid", { ru: `Пароль ${ru}.`, en: `The password ${en}.` }, { place: "password" });
}

export function hashPassword(password: string): Promise<string> {
  return oneOfFew(() => hash(password.normalize("NFC"), cost));
}

/** Whether the password is the one behind `passwordHash`; without a hash it takes the same time and says no. */
export async function passwordFits(passwordHash: string | null, password: string): Promise<boolean> {
  const fits = await oneOfFew(() => verify(passwordHash ?? dummyHash, password.normalize("NFC").slice(0, LENGTH_MAX)));
  return fits && passwordHash !== null;
}

/** Hashes at once, and how many may wait: a flood of sign-ins must leave the cores to everybody else. */
const RUNNING_MAX = 2;
const WAITING_MAX = 40;

let running = 0;
const waiting: (() => void)[] = [];

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (running >= RUNNING_MAX) {
    if (waiting.length >= WAITING_MAX) throw busy();
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

function busy(): AppError {
  return new AppError(
    "unavailable",
    {
      ru: "Сейчас входят слишком многие. Повторите через минуту.",
      en: "Too many sign-ins at once. Try again in a minute.",
    },
    { retryAfterSeconds: 5 },
  );
}
