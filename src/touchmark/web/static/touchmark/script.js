// Says that scripts run: what needs one is hidden otherwise (`data-needs-script`).
document.documentElement.classList.add("script");

// A picture that does not come leaves its place empty, without the browser's own sign drawn large. This script runs
// before any picture is asked for, so that none is missed.
document.addEventListener("error", ({ target }) => target.matches?.("img, image") && target.classList.add("gone"), true);
