import { createContext } from "react";

/** What `/` focuses on a screen that has a search box of its own. */
export interface SearchBox {
  focus(): void;
}

export const SearchBoxContext = createContext<(box: SearchBox | null) => void>(() => {});
