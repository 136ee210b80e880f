import { admin } from "./screens/admin.ts";
import { walkScreens } from "./screens/walk.ts";

walkScreens(admin);
