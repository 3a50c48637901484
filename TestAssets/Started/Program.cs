using Started;

return await Work.Run(2, 3) == 5 ? 0 : 1;
