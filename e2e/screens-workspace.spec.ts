import { walkScreens } from "./screens/walk.ts";
import { workspace } from "./screens/workspace.ts";

walkScreens(workspace);
