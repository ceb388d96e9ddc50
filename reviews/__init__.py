"""Looking back at fixed times: alerts and their digest; cycles, scorecards and meetings follow."""
