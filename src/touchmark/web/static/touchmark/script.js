// Says that scripts run: what needs one is hidden otherwise (`data-needs-script`).
document.documentElement.classList.add("script");
