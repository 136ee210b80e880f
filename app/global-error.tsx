"use client";

/** Stands in when the root layout itself broke: nothing of ours can be relied on here, not even the words' file. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="ru">
      <head>
        <title>Остап</title>
      </head>
      <body style={{ fontFamily: "system-ui, sans-serif", padding: "4rem 1.5rem", textAlign: "center" }}>
        <h1 style={{ fontSize: "1.5rem" }}>Что-то сломалось</h1>
        <p>Ошибка на нашей стороне. Something broke on our side.</p>
        <button type="button" onClick={retry} style={{ font: "inherit", padding: "0.6rem 1.2rem" }}>
          Повторить · Try again
        </button>
      </body>
    </html>
  );
}
